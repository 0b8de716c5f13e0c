package io.graphqlfiles.internal.ingest;

import graphql.execution.ResultPath;
import graphql.schema.DataFetchingEnvironment;
import io.graphqlfiles.FileChanges;
import io.graphqlfiles.StoredFile;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one call of a data fetcher. They stand in the context of the request by the path of the field, in a
 * map under {@link FileChanges} itself: there {@link FileChanges#of} looks for them.
 */
final class CollectedChanges implements FileChanges {

    private final Set<StoredFile> unneeded = new LinkedHashSet<>();
    private boolean settled;

    private CollectedChanges() {}

    static CollectedChanges begin(DataFetchingEnvironment environment) {
        CollectedChanges changes = new CollectedChanges();
        byPath(environment).put(environment.getExecutionStepInfo().getPath(), changes);
        return changes;
    }

    static void end(DataFetchingEnvironment environment) {
        byPath(environment).remove(environment.getExecutionStepInfo().getPath());
    }

    private static Map<ResultPath, FileChanges> byPath(DataFetchingEnvironment environment) {
        return environment.getGraphQlContext().computeIfAbsent(FileChanges.class, key -> new ConcurrentHashMap<>());
    }

    @Override
    public void deleteOnSuccess(@Nullable StoredFile file) {
        if (file == null) {
            return;
        }
        synchronized (this) {
            if (settled) {
                throw new IllegalStateException(
                        "the data fetcher has finished: its outcome was decided without this file");
            }
            unneeded.add(file);
        }
    }

    synchronized boolean isEmpty() {
        return unneeded.isEmpty();
    }

    /** Ends the collecting and tells what was collected. */
    synchronized Collection<StoredFile> settle() {
        settled = true;
        return unneeded;
    }
}
