package io.graphqlfiles;

import io.graphqlfiles.spi.attachment.AttachmentStatistics;
import java.io.IOException;
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
     * must not be attached yet. What is gone from the list is deleted.
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
     * Discards all files of all fields of a record, because it is deleted.
     *
     * @param ownerType name of the record's type in the schema
     * @throws IllegalArgumentException if the schema has attached fields, but none of this type
     * @throws io.graphqlfiles.spi.attachment.AttachmentStoreException if the database fails
     */
    void discardAll(String ownerType, Object ownerId);

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
     * How many files there are in each state, and how old the oldest of those that wait for the sweep are. Counts all
     * rows, which takes seconds where there are millions: not for each request, nor for each scrape of metrics.
     *
     * @throws io.graphqlfiles.spi.attachment.AttachmentStoreException if the database fails
     */
    AttachmentStatistics statistics();
}
