package io.graphqlfiles.internal.attachments;

import io.graphqlfiles.Attachments;
import io.graphqlfiles.FileErrorCode;
import io.graphqlfiles.FileException;
import io.graphqlfiles.FileField;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.UnitOfWork;
import io.graphqlfiles.internal.blob.AttachmentLifecycle;
import io.graphqlfiles.internal.blob.BlobCopier;
import io.graphqlfiles.internal.blob.FileDeletion;
import io.graphqlfiles.internal.owner.AttachedField;
import io.graphqlfiles.internal.schema.FileFields;
import io.graphqlfiles.internal.value.FileId;
import io.graphqlfiles.spi.BlobReference;
import io.graphqlfiles.spi.attachment.AttachedFile;
import io.graphqlfiles.spi.attachment.AttachmentConflictException;
import io.graphqlfiles.spi.attachment.AttachmentEdit;
import io.graphqlfiles.spi.attachment.AttachmentSlot;
import io.graphqlfiles.spi.attachment.AttachmentStatistics;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Attached files as the attachment store has them. */
public final class StoredAttachments implements Attachments {

    private static final String AFTER_REJECTING = "after it was rejected";
    private static final String AFTER_DETACHING = "after its original could not be detached";

    private final Supplier<FileFields> fields;
    private final AttachmentLifecycle lifecycle;
    private final UnitOfWork unitOfWork;
    private final BlobCopier copier;
    private final FileDeletion deletion;
    private final FileReviews reviews;

    public StoredAttachments(
            Supplier<FileFields> fields,
            AttachmentLifecycle lifecycle,
            UnitOfWork unitOfWork,
            BlobCopier copier,
            FileDeletion deletion,
            FileReviews reviews) {
        this.fields = fields;
        this.lifecycle = lifecycle;
        this.unitOfWork = unitOfWork;
        this.copier = copier;
        this.deletion = deletion;
        this.reviews = reviews;
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
        AttachmentEdit change = lifecycle.edit(attached.slot(ownerId.toString()), present -> {
            List<StoredFile> files =
                    edit.apply(present.stream().map(AttachmentLifecycle::stored).toList());
            if (files.size() > 1 && !attached.isList()) {
                throw new IllegalArgumentException(field + ": expected at most one file, found " + files.size());
            }
            return lifecycle.attached(files, present, attached.field().isReviewed());
        });
        change(change);
    }

    private void change(AttachmentEdit change) {
        List<BlobReference> discarded = lifecycle.change(List.of(change));
        unitOfWork.afterCommit(() -> lifecycle.delete(discarded));
    }

    @Override
    public boolean release(String fileId) {
        return decide(fileId, StoredFile.Status.READY, blob -> {});
    }

    @Override
    public boolean reject(String fileId) {
        // The row stays due, for whoever reviews or sweeps next to see to it that the content is gone.
        return decide(
                fileId,
                StoredFile.Status.REJECTED,
                blob -> unitOfWork.afterCommit(
                        () -> deletion.delete(blob.store(), List.of(blob.key()), AFTER_REJECTING)));
    }

    private boolean decide(String fileId, StoredFile.Status status, Consumer<BlobReference> whenDecided) {
        FileId id = FileId.parse(fileId);
        BlobReference blob = id == null ? null : new BlobReference(id.store(), id.key());
        AttachmentSlot slot = blob == null ? null : reviews.slotOf(blob);
        if (blob == null || slot == null) {
            return false;
        }
        FileReviews.Outcome outcome = reviews.decide(slot, blob, status);
        if (outcome == FileReviews.Outcome.DECIDED) {
            whenDecided.accept(blob);
        }
        return outcome != FileReviews.Outcome.REFUSED;
    }

    @Override
    public void discardAll(String ownerType, Object ownerId) {
        Collection<AttachedField> attached = fields.get().allAttached();
        // Before there is a schema, records may be deleted that have files since the last time.
        if (!attached.isEmpty() && AttachedField.ofType(ownerType, attached) == null) {
            throw new IllegalArgumentException(
                    "ownerType: expected the type of one of " + attached + ", found \"" + ownerType + "\"");
        }
        List<BlobReference> discarded = lifecycle.discardAll(ownerType, ownerId.toString());
        unitOfWork.afterCommit(() -> lifecycle.delete(discarded));
    }

    @Override
    public List<Restorable> restorable(String field, Object ownerId) {
        AttachedField attached = require(field);
        return lifecycle.rows().kept(attached.ownerType(), ownerId.toString()).stream()
                .filter(kept -> kept.slot().field().equals(attached.name()))
                .map(kept -> new Restorable(AttachmentLifecycle.stored(kept.file()), kept.dueAt()))
                // Its content is gone.
                .filter(kept -> kept.file().status() != StoredFile.Status.REJECTED)
                .toList();
    }

    @Override
    public boolean restore(String field, Object ownerId, String fileId) {
        AttachedField attached = require(field);
        StoredFile kept = restorable(field, ownerId).stream()
                .map(Restorable::file)
                .filter(file -> file.id().equals(fileId))
                .findFirst()
                .orElse(null);
        boolean[] isThere = {false};
        change(lifecycle.edit(attached.slot(ownerId.toString()), present -> {
            if (present.stream()
                    .anyMatch(file -> AttachmentLifecycle.stored(file).id().equals(fileId))) {
                isThere[0] = true;
                return present;
            }
            if (kept == null) {
                return present;
            }
            isThere[0] = true;
            // With what was decided about it before.
            AttachedFile restored = lifecycle.attached(kept);
            return attached.isList() ? appended(attached, present, restored) : List.of(restored);
        }));
        return isThere[0];
    }

    private static List<AttachedFile> appended(AttachedField field, List<AttachedFile> present, AttachedFile file) {
        Integer most = field.field().maxCount();
        if (most != null && present.size() >= most) {
            throw new FileException(
                    FileErrorCode.FILE_COUNT_EXCEEDED,
                    "There is no room for this file: expected at most " + most + ", found " + present.size()
                            + " already.");
        }
        return Stream.concat(present.stream(), Stream.of(file)).toList();
    }

    @Override
    public StoredFile copyOf(String field, StoredFile file) throws IOException {
        return copier.copy(require(field).field(), file);
    }

    @Override
    public StoredFile detach(String field, Object ownerId, String fileId, String column) throws IOException {
        FileField target = fields.get().find(column);
        if (target == null || target.isAttached()) {
            throw new IllegalArgumentException("column: expected a file field with attached: false, found \"" + column
                    + "\"" + (target == null ? "" : ", which is attached"));
        }
        StoredFile file = list(field, ownerId).stream()
                .filter(each -> each.id().equals(fileId))
                .findFirst()
                .orElseThrow(() -> notThere(field, ownerId));
        if (file.status() != StoredFile.Status.READY) {
            throw new IllegalStateException(
                    field + " of " + ownerId + ": expected a file that is READY, found one that is " + file.status());
        }
        StoredFile copy = copier.copy(target, file);
        try {
            edit(field, ownerId, present -> {
                List<StoredFile> others =
                        present.stream().filter(each -> !each.equals(file)).toList();
                if (others.size() == present.size()) {
                    throw notThere(field, ownerId);
                }
                return others;
            });
            unitOfWork.afterRollback(() -> deletion.delete(List.of(copy), AFTER_DETACHING));
        } catch (RuntimeException | Error e) {
            deletion.delete(List.of(copy), AFTER_DETACHING);
            throw e;
        }
        return copy;
    }

    private static AttachmentConflictException notThere(String field, Object ownerId) {
        return new AttachmentConflictException(field + " of " + ownerId + " does not have this file", null);
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
