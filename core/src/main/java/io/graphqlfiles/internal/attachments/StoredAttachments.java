package io.graphqlfiles.internal.attachments;

import io.graphqlfiles.Attachments;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.UnitOfWork;
import io.graphqlfiles.internal.blob.AttachmentLifecycle;
import io.graphqlfiles.internal.blob.BlobCopier;
import io.graphqlfiles.internal.owner.AttachedField;
import io.graphqlfiles.internal.schema.FileFields;
import io.graphqlfiles.spi.BlobReference;
import io.graphqlfiles.spi.attachment.AttachedFile;
import io.graphqlfiles.spi.attachment.AttachmentChange;
import io.graphqlfiles.spi.attachment.AttachmentEdit;
import io.graphqlfiles.spi.attachment.AttachmentStatistics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Attached files as the attachment store has them. */
public final class StoredAttachments implements Attachments {

    private final Supplier<FileFields> fields;
    private final AttachmentLifecycle lifecycle;
    private final UnitOfWork unitOfWork;
    private final BlobCopier copier;

    public StoredAttachments(
            Supplier<FileFields> fields, AttachmentLifecycle lifecycle, UnitOfWork unitOfWork, BlobCopier copier) {
        this.fields = fields;
        this.lifecycle = lifecycle;
        this.unitOfWork = unitOfWork;
        this.copier = copier;
    }

    @Override
    public List<StoredFile> list(String field, Object ownerId) {
        return list(field, List.of(ownerId)).getOrDefault(ownerId.toString(), List.of());
    }

    @Override
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

    @Override
    public void replace(String field, Object ownerId, List<StoredFile> files) {
        List<StoredFile> copy = List.copyOf(files);
        edit(field, ownerId, present -> copy);
    }

    @Override
    public void edit(String field, Object ownerId, UnaryOperator<List<StoredFile>> edit) {
        AttachedField attached = require(field);
        AttachmentEdit change = new AttachmentEdit(attached.slot(ownerId.toString()), present -> {
            List<StoredFile> files =
                    edit.apply(present.stream().map(AttachmentLifecycle::stored).toList());
            if (files.size() > 1 && !attached.isList()) {
                throw new IllegalArgumentException(field + ": expected at most one file, found " + files.size());
            }
            return files.stream().map(AttachmentLifecycle::attached).toList();
        });
        List<BlobReference> discarded = new ArrayList<>();
        for (AttachmentChange done : lifecycle.rows().change(List.of(change), lifecycle.dueAt())) {
            discarded.addAll(done.discarded());
        }
        unitOfWork.afterCommit(() -> lifecycle.delete(discarded));
    }

    @Override
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

    @Override
    public StoredFile copyOf(String field, StoredFile file) throws IOException {
        return copier.copy(require(field).field(), file);
    }

    @Override
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
