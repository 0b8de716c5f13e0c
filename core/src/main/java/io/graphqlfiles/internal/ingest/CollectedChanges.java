package io.graphqlfiles.internal.ingest;

import graphql.execution.ResultPath;
import graphql.schema.DataFetchingEnvironment;
import io.graphqlfiles.FileChanges;
import io.graphqlfiles.FileSource;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.internal.blob.FileDeletion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one call of a data fetcher. They stand in the context of the request by the path of the field, in a
 * map under {@link FileChanges} itself: there {@link FileChanges#of} looks for them.
 */
final class CollectedChanges implements FileChanges {

    private static final String FINISHED = "the data fetcher has finished: its outcome was decided without this file";

    private final DataFetchingEnvironment environment;
    private final OwnFiles ownFiles;
    private final FileDeletion deletion;
    private final List<StoredFile> stored = new ArrayList<>();
    private final Set<StoredFile> replaced = new LinkedHashSet<>();
    private boolean settled;

    private CollectedChanges(DataFetchingEnvironment environment, OwnFiles ownFiles, FileDeletion deletion) {
        this.environment = environment;
        this.ownFiles = ownFiles;
        this.deletion = deletion;
    }

    static CollectedChanges begin(DataFetchingEnvironment environment, OwnFiles ownFiles, FileDeletion deletion) {
        CollectedChanges changes = new CollectedChanges(environment, ownFiles, deletion);
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
    public StoredFile store(String field, FileSource source) throws IOException {
        synchronized (this) {
            requireUnsettled();
        }
        StoredFile file = ownFiles.store(field, source, environment);
        synchronized (this) {
            if (!settled) {
                stored.add(file);
                return file;
            }
        }
        // By another thread, while this one was still storing.
        deletion.delete(List.of(file), "after the data fetcher had finished without it");
        throw new IllegalStateException(FINISHED);
    }

    private void requireUnsettled() {
        if (settled) {
            throw new IllegalStateException(FINISHED);
        }
    }

    @Override
    public void deleteOnSuccess(@Nullable StoredFile file) {
        if (file == null) {
            return;
        }
        synchronized (this) {
            requireUnsettled();
            replaced.add(file);
        }
    }

    /**
     * Whether nothing is to be deleted when the call ends now.
     *
     * @param succeeds for certain; otherwise nothing may be there that either end deletes
     */
    synchronized boolean deleteNothing(boolean succeeds) {
        return replaced.isEmpty() && (succeeds || stored.isEmpty());
    }

    /** To be deleted if the call fails. */
    synchronized void addStored(StoredFile file) {
        stored.add(file);
    }

    /** What was stored for the call until now; a copy. */
    synchronized List<StoredFile> stored() {
        return List.copyOf(stored);
    }

    /**
     * Ends the collecting of a call that returned no record, and returns what was collected; null, without ending it,
     * if files were stored for the record that there is not.
     */
    synchronized @Nullable Collection<StoredFile> settleWithoutRecord() {
        return stored.isEmpty() || !replaced.isEmpty() ? settle() : null;
    }

    /** Ends the collecting and returns what was collected. */
    synchronized Collection<StoredFile> settle() {
        settled = true;
        return replaced;
    }
}
