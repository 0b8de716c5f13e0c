package io.graphqlfiles;

import graphql.execution.ResultPath;
import graphql.schema.DataFetchingEnvironment;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Registers files to delete once the current data fetcher succeeds: the file that was replaced, or those of a deleted
 * record. Nothing is deleted if the data fetcher fails in any way, so files can be registered before the change is
 * made. Where the application has a transaction around the data fetcher and has given its {@link UnitOfWork}, they are
 * deleted after the commit. Thread-safe.
 *
 * <p>The files that were stored for a call are deleted when it fails, when that transaction is rolled back, or when it
 * returns null in place of an object or a list of objects without having said here that anything has become unneeded:
 * then there is no record that has them.
 *
 * <pre>{@code
 * Product deleteProduct(UUID id, DataFetchingEnvironment environment) {
 *     Product product = products.delete(id);
 *     FileChanges.of(environment).deleteOnSuccess(product.image());
 *     return product;
 * }
 * }</pre>
 */
public interface FileChanges {

    /**
     * The changes of the data fetcher that was given this environment.
     *
     * @throws IllegalStateException if the outcome of the data fetcher is not watched (only those of the mutation type,
     *     those that take files, and those declared with {@link FileFieldRegistry.Builder#changes} are), or it has
     *     finished
     */
    static FileChanges of(DataFetchingEnvironment environment) {
        ResultPath path = environment.getExecutionStepInfo().getPath();
        Map<ResultPath, FileChanges> watched = environment.getGraphQlContext().get(FileChanges.class);
        FileChanges changes = watched == null ? null : watched.get(path);
        if (changes == null) {
            throw new IllegalStateException(
                    path + ": the outcome of this data fetcher is not watched, or it has finished. Fields of "
                            + "the mutation type and fields that take files are; declare others with FileFieldRegistry's changes(...)");
        }
        return changes;
    }

    /**
     * Deletes the file once the data fetcher has succeeded. A file that then cannot be deleted is logged and stays.
     *
     * @param file null does nothing, so that a column that may be empty needs no check
     * @throws IllegalStateException if the data fetcher has finished
     */
    void deleteOnSuccess(@Nullable StoredFile file);

    /** {@link #deleteOnSuccess(StoredFile)} for each; nulls are passed over. */
    default void deleteOnSuccess(Collection<? extends @Nullable StoredFile> files) {
        files.forEach(this::deleteOnSuccess);
    }
}
