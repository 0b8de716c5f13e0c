package io.graphqlfiles;

import static java.util.Objects.requireNonNull;

import io.graphqlfiles.spi.attachment.AttachmentStatistics;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Attached files for the application's own code: services, jobs, migrations. Everything takes part in the transaction
 * of the calling thread where the {@link io.graphqlfiles.spi.attachment.AttachmentStore} does, and what it makes no
 * longer needed is deleted after the commit, or by the sweep. Thread-safe; all calls block.
 *
 * <p>Fields are named by schema coordinate, {@code Product.gallery}, and must be attached in a schema that was applied;
 * otherwise calls throw an {@link IllegalArgumentException}. Ids of records are taken as text.
 */
public interface Attachments {

    /**
     * The files of a field of a record, in their order.
     *
     * @throws io.graphqlfiles.spi.attachment.AttachmentStoreException if the database fails
     */
    List<StoredFile> list(String field, Object ownerId);

    /**
     * The files of a field of many records, with one statement.
     *
     * @return by id; records without files are absent
     * @throws io.graphqlfiles.spi.attachment.AttachmentStoreException if the database fails
     */
    Map<String, List<StoredFile>> list(String field, Collection<?> ownerIds);

    /**
     * Makes these the files of a field of a record; see {@link #edit}.
     *
     * @param files empty to clear the field
     */
    void replace(String field, Object ownerId, List<StoredFile> files);

    /**
     * Changes the files of a field of a record. What is new must come from
     * {@link io.graphqlfiles.engine.GraphQLFiles#store} or {@link #copyOf} for this field, less than a day ago, and
     * must not be attached yet; or be {@link #restorable}. What is gone from the list is deleted, or kept if files are.
     *
     * @param edit is given the present list and returns the new one; called once, while other changes of the field of
     *     this record wait. What it throws is passed on, and nothing is changed.
     * @throws IllegalArgumentException if the field is no list and the new list has more than one file
     * @throws io.graphqlfiles.spi.attachment.AttachmentConflictException if a new file cannot be attached, or the
     *     database rolled this change back because of a conflicting one; nothing is changed
     * @throws io.graphqlfiles.spi.attachment.AttachmentStoreException if the database fails
     */
    void edit(String field, Object ownerId, UnaryOperator<List<StoredFile>> edit);

    /**
     * Discards all files of all fields of a record, because it is deleted. If files are kept, they can be restored once
     * the record is there again under its id.
     *
     * @param ownerType name of the record's type in the schema
     * @throws IllegalArgumentException if the schema has attached fields, but none of this type
     * @throws io.graphqlfiles.spi.attachment.AttachmentStoreException if the database fails
     */
    void discardAll(String ownerType, Object ownerId);

    /**
     * The files that a field of a record had and that can be restored, because files are kept
     * ({@link io.graphqlfiles.engine.GraphQLFiles.Builder#attachmentRetention}) and the sweep has not deleted them yet.
     * Their bytes are there: they can be opened, and given out by URL, like all others.
     *
     * @return those that left the field last first
     * @throws io.graphqlfiles.spi.attachment.AttachmentStoreException if the database fails
     */
    List<Restorable> restorable(String field, Object ownerId);

    /**
     * Puts a file back into the field of the record that it was in: at the end of a list; in the place of the present
     * file where the field has one only, which can then be restored in turn. Repeating is harmless.
     *
     * @param fileId {@link StoredFile#id()} of one that is {@link #restorable}
     * @return whether it is in the field now; false if there is no such file to restore, any more or at all
     * @throws FileException with {@link FileErrorCode#FILE_COUNT_EXCEEDED} if the list has as many files as it may;
     *     nothing is changed
     * @throws io.graphqlfiles.spi.attachment.AttachmentConflictException if the sweep deletes it at this moment, or the
     *     database rolled this back because of a conflicting change; nothing is changed
     * @throws io.graphqlfiles.spi.attachment.AttachmentStoreException if the database fails
     */
    boolean restore(String field, Object ownerId, String fileId);

    /**
     * Makes a copy of a file, to be attached: the way from a column into an attachment. Attached files have keys of
     * their own, so that a file in a column is never taken for one that the sweep may delete. The original stays; to be
     * deleted by the application once the column is cleared.
     *
     * @return a file that belongs to nobody: to be given to {@link #replace} or {@link #edit} within a day
     * @throws io.graphqlfiles.spi.BlobNotFoundException if the file has been deleted
     * @throws io.graphqlfiles.spi.BlobStoreException if the store fails
     * @throws io.graphqlfiles.spi.attachment.AttachmentStoreException if the database fails
     * @throws IOException if the file cannot be read; nothing is left after any of these
     */
    StoredFile copyOf(String field, StoredFile file) throws IOException;

    /**
     * Decides that a file of a field with review may be read: it becomes {@link StoredFile.Status#READY}. Repeating is
     * harmless.
     *
     * @param fileId {@link StoredFile#id()}; {@link StoredFile#idOf} where only its key is known. The file must have
     *     been attached by a transaction that is committed
     * @return whether it is ready now; false if no record has it (any more), or it was rejected
     * @throws io.graphqlfiles.spi.attachment.AttachmentConflictException if the database rolled this back because of a
     *     conflicting change; nothing is changed
     * @throws io.graphqlfiles.spi.attachment.AttachmentStoreException if the database fails
     */
    boolean release(String fileId);

    /**
     * Decides that a file of a field with review must not be read, also if it was released: it becomes
     * {@link StoredFile.Status#REJECTED} and stays in its field, for clients to see, until it is replaced or cleared.
     * Its content is deleted after the commit, so that URLs that were given out lead nowhere. Repeating is harmless.
     *
     * @param fileId as for {@link #release}
     * @return whether it is rejected now; false if no record has it (any more), or nobody has to decide about it
     * @throws io.graphqlfiles.spi.attachment.AttachmentConflictException if the database rolled this back because of a
     *     conflicting change; nothing is changed
     * @throws io.graphqlfiles.spi.attachment.AttachmentStoreException if the database fails
     */
    boolean reject(String fileId);

    /**
     * Takes a file out of a field of a record and gives it to the application, for a column of its own. The file is
     * copied to where the column's files are, because keys tell whose a file is; the original is deleted like any other
     * that leaves its field. If the transaction is rolled back the copy is deleted, and nothing has changed.
     *
     * @param fileId {@link StoredFile#id()} of a file in the field
     * @param column schema coordinate of a field that is not attached, whose store and visibility the file gets
     * @return the application's file; its id is another
     * @throws IllegalArgumentException if {@code column} is no file field, or attached
     * @throws io.graphqlfiles.spi.attachment.AttachmentConflictException if the field has no such file (any more)
     * @throws IllegalStateException if it is not {@link StoredFile.Status#READY}
     * @throws io.graphqlfiles.spi.BlobNotFoundException if its bytes are gone
     * @throws io.graphqlfiles.spi.BlobStoreException if the store fails
     * @throws io.graphqlfiles.spi.attachment.AttachmentStoreException if the database fails
     * @throws IOException if the file cannot be read; nothing is changed, and no copy is left, after any of these
     */
    StoredFile detach(String field, Object ownerId, String fileId, String column) throws IOException;

    /**
     * How many files there are in each state, and how old the oldest of those that wait for the sweep are. Counts all
     * rows, which takes seconds where there are millions: not for each request, nor for each scrape of metrics.
     *
     * @throws io.graphqlfiles.spi.attachment.AttachmentStoreException if the database fails
     */
    AttachmentStatistics statistics();

    /**
     * A file that can be restored.
     *
     * @param file as it was in its field
     * @param until when the sweep may delete it; it can be restored until the sweep does
     */
    record Restorable(StoredFile file, Instant until) {

        public Restorable {
            requireNonNull(file, "file");
            requireNonNull(until, "until");
        }
    }
}
