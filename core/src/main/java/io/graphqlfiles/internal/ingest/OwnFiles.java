package io.graphqlfiles.internal.ingest;

import graphql.schema.DataFetchingEnvironment;
import io.graphqlfiles.FileField;
import io.graphqlfiles.FileSource;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.internal.blob.Tenancy;
import io.graphqlfiles.internal.check.RequestBudget;
import io.graphqlfiles.internal.execution.FileListeners;
import io.graphqlfiles.internal.schema.FileFields;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Files that the application stores on its own: the rules of their field hold, no budget of a request does. */
public final class OwnFiles {

    private final Supplier<FileFields> fields;
    private final FilePipeline pipeline;
    private final FileListeners listeners;
    private final Tenancy tenancy;

    /** @param fields those of the schemas that were applied */
    public OwnFiles(Supplier<FileFields> fields, FilePipeline pipeline, FileListeners listeners, Tenancy tenancy) {
        this.fields = fields;
        this.pipeline = pipeline;
        this.listeners = listeners;
        this.tenancy = tenancy;
    }

    /**
     * Stores a file.
     *
     * @param environment of the data fetcher that does so; null outside of one
     * @throws io.graphqlfiles.FileException if it is refused; nothing is stored then
     * @throws IllegalArgumentException if there is no such file field
     * @throws IOException if its content cannot be read; nothing is stored then
     */
    public StoredFile store(String field, FileSource source, @Nullable DataFetchingEnvironment environment)
            throws IOException {
        FileField found = fields.get().find(field);
        if (found == null) {
            throw new IllegalArgumentException("field: expected one of "
                    + fields.get().all().stream().map(FileField::coordinate).toList() + ", found \"" + field + "\"");
        }
        String tenant = environment == null ? tenancy.ofThread() : tenancy.of(environment.getGraphQlContext());
        FileField own = tenancy.field(found, tenant);
        return listeners.storing(
                own, null, environment, () -> pipeline.store(own, source, RequestBudget.unlimited(), tenant));
    }
}
