package io.graphqlfiles;

import graphql.execution.ResultPath;
import graphql.schema.DataFetchingEnvironment;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the current data fetcher does with files in addition to those that the client gave: stores some on the
 * application's own behalf, which are deleted if it fails, and registers others to be deleted once it succeeds: the
 * file that was replaced, or those of a deleted record. Nothing of the latter is deleted if it fails in any way, so
 * they can be registered before the change is made. Where the application has a transaction around the data fetcher and
 * has given its {@link UnitOfWork}, they are deleted after the commit. Thread-safe.
 *
 * <p>The files that were stored for a call, by the client or here, are deleted when it fails, when that transaction is
 * rolled back, or when it returns null in place of an object or a list of objects without having marked here any file
 * as no longer needed: then there is no record that has them, and the library undoes what it attached for the call.
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
     * Stores a file on the application's own behalf, under the rules of a field: a report, a thumbnail, a copy. It is
     * kept if the data fetcher succeeds, and deleted as the files are that the client gave if it does not. One for an
     * attached field must be given to {@link Attachments}. Blocks.
     *
     * @param field schema coordinate, for example {@code Product.image}
     * @throws FileException if the field's rules or a validator refuse it; nothing is stored then, and a data fetcher
     *     that lets it pass is refused in the same words
     * @throws IllegalArgumentException if there is no such file field
     * @throws IllegalStateException if the data fetcher has finished; what was stored in the meantime is deleted
     * @throws io.graphqlfiles.spi.BlobStoreException if the store fails
     * @throws io.graphqlfiles.spi.attachment.AttachmentStoreException if the field is attached and the database fails
     * @throws IOException if the content cannot be read; nothing is stored then
     */
    StoredFile store(String field, FileSource source) throws IOException;

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
