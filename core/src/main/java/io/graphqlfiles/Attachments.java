package io.graphqlfiles;

import io.graphqlfiles.spi.AttachedFile;
import io.graphqlfiles.spi.AttachmentChange;
import io.graphqlfiles.spi.AttachmentEdit;
import io.graphqlfiles.spi.AttachmentStatistics;
import io.graphqlfiles.spi.BlobReference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Attached files for the application's own code: services, jobs, migrations. Everything takes part in the transaction
 * of the calling thread where the {@link io.graphqlfiles.spi.AttachmentStore} does, and what it makes unneeded is
 * deleted after the commit, or by the sweep. Thread-safe; all calls block.
 *
 * <p>Fields are named by schema coordinate, {@code Product.gallery}, and must be attached in the schema that was
 * applied last; otherwise calls throw an {@link IllegalArgumentException}. Ids of records are taken as text.
 */
public final class Attachments {

    private final Supplier<FileFields> fields;
    private final AttachmentLifecycle lifecycle;
    private final UnitOfWork unitOfWork;
    private final BlobCopier copier;

    Attachments(Supplier<FileFields> fields, AttachmentLifecycle lifecycle, UnitOfWork unitOfWork, BlobCopier copier) {
        this.fields = fields;
        this.lifecycle = lifecycle;
        this.unitOfWork = unitOfWork;
        this.copier = copier;
    }

    /**
     * The files of a field of a record, in their order.
     *
     * @throws io.graphqlfiles.spi.AttachmentStoreException if the database fails
     */
    public List<StoredFile> list(String field, Object ownerId) {
        return list(field, List.of(ownerId)).getOrDefault(ownerId.toString(), List.of());
    }

    /**
     * The files of a field of many records, with one statement.
     *
     * @return by id; records without files are absent
     * @throws io.graphqlfiles.spi.AttachmentStoreException if the database fails
     */
    public Map<String, List<StoredFile>> list(String field, Collection<?> ownerIds) {
        AttachedField attached = require(field);
        Map<String, List<AttachedFile>> found = lifecycle
                .rows()
                .find(
                        attached.ownerType(),
                        attached.name(),
                        ownerIds.stream().map(Object::toString).toList());
        Map<String, List<StoredFile>> files = new LinkedHashMap<>();
        found.forEach((id, rows) ->
                files.put(id, rows.stream().map(AttachmentLifecycle::stored).toList()));
        return files;
    }

    /**
     * Makes these the files of a field of a record; see {@link #edit}.
     *
     * @param files empty to clear the field
     */
    public void replace(String field, Object ownerId, List<StoredFile> files) {
        List<StoredFile> copy = List.copyOf(files);
        edit(field, ownerId, present -> copy);
    }

    /**
     * Changes the files of a field of a record. What is new must come from {@link GraphQLFiles#store} or
     * {@link #copyOf} for this field, less than a day ago, and must not be attached yet. What is gone from the list is
     * deleted.
     *
     * @param edit is given the present list and returns the new one; called once, while other changes of the field of
     *     this record wait. What it throws is passed on, and nothing is changed.
     * @throws IllegalArgumentException if the field is no list and the new list has more than one file
     * @throws io.graphqlfiles.spi.AttachmentConflictException if a new file cannot be attached, or the database gave
     *     this change up in favour of another one; nothing is changed
     * @throws io.graphqlfiles.spi.AttachmentStoreException if the database fails
     */
    public void edit(String field, Object ownerId, UnaryOperator<List<StoredFile>> edit) {
        AttachedField attached = require(field);
        AttachmentEdit change = new AttachmentEdit(attached.slot(ownerId.toString()), present -> {
            List<StoredFile> files =
                    edit.apply(present.stream().map(AttachmentLifecycle::stored).toList());
            if (files.size() > 1 && !attached.isList()) {
                throw new IllegalArgumentException(field + ": expected one file at the most, found " + files.size());
            }
            return files.stream().map(AttachmentLifecycle::attached).toList();
        });
        List<BlobReference> discarded = new ArrayList<>();
        for (AttachmentChange done : lifecycle.rows().change(List.of(change), lifecycle.dueAt())) {
            discarded.addAll(done.discarded());
        }
        unitOfWork.afterCommit(() -> lifecycle.delete(discarded));
    }

    /**
     * Discards all files of all fields of a record, because it is deleted.
     *
     * @param ownerType name of the record's type in the schema
     * @throws IllegalArgumentException if the schema has attached fields, but none of this type
     * @throws io.graphqlfiles.spi.AttachmentStoreException if the database fails
     */
    public void discardAll(String ownerType, Object ownerId) {
        Collection<AttachedField> attached = fields.get().allAttached();
        // Before there is a schema, records may be deleted that have files since the last time.
        if (!attached.isEmpty() && AttachedField.ofType(ownerType, attached) == null) {
            throw new IllegalArgumentException(
                    "ownerType: expected the type of one of " + attached + ", found \"" + ownerType + "\"");
        }
        List<BlobReference> discarded = lifecycle.rows().discardAll(ownerType, ownerId.toString(), lifecycle.dueAt());
        unitOfWork.afterCommit(() -> lifecycle.delete(discarded));
    }

    /**
     * Makes a copy of a file, to be attached: the way from a column into an attachment. Attached files have keys of
     * their own, so that a file in a column is never taken for one that the sweep may delete. The original stays; to be
     * deleted by the application once the column is cleared.
     *
     * @return a file that belongs to nobody: to be given to {@link #replace} or {@link #edit} within a day
     * @throws io.graphqlfiles.spi.BlobNotFoundException if the file has been deleted
     * @throws io.graphqlfiles.spi.BlobStoreException if the store fails
     * @throws io.graphqlfiles.spi.AttachmentStoreException if the database fails
     * @throws IOException if the file cannot be read; nothing is left after any of these
     */
    public StoredFile copyOf(String field, StoredFile file) throws IOException {
        return copier.copy(require(field).field(), file);
    }

    /**
     * How many files there are in each state, and how old the oldest of those that wait for the sweep are. Counts all
     * rows, which takes seconds where there are millions: not for each request, nor for each scrape of metrics.
     *
     * @throws io.graphqlfiles.spi.AttachmentStoreException if the database fails
     */
    public AttachmentStatistics statistics() {
        return lifecycle.rows().statistics();
    }

    private AttachedField require(String field) {
        AttachedField attached = fields.get().findAttached(field);
        if (attached == null) {
            throw new IllegalArgumentException(
                    "field: expected one of " + fields.get().allAttached() + ", found \"" + field + "\"");
        }
        return attached;
    }
}
