package io.graphqlfiles.internal.attachments;

import io.graphqlfiles.FileField;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.StoredFile.Status;
import io.graphqlfiles.internal.blob.AttachmentLifecycle;
import io.graphqlfiles.internal.blob.FileKeys;
import io.graphqlfiles.internal.schema.FileFields;
import io.graphqlfiles.spi.BlobReference;
import io.graphqlfiles.spi.attachment.AttachedFile;
import io.graphqlfiles.spi.attachment.AttachmentRow;
import io.graphqlfiles.spi.attachment.AttachmentSlot;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What was decided about attached files. It is part of their facts, and changes with the lists that they are in: so it
 * is committed with what else a transaction does, and a file that was replaced meanwhile is not there any more to
 * decide about. A file that somebody has to look at, or to delete the content of, is due in the attachment store.
 */
public final class FileReviews {

    private final Supplier<FileFields> fields;
    private final AttachmentLifecycle lifecycle;

    public FileReviews(Supplier<FileFields> fields, AttachmentLifecycle lifecycle) {
        this.fields = fields;
        this.lifecycle = lifecycle;
    }

    /** Whether there is a field whose files are reviewed. */
    public boolean areThere() {
        return fields.get().allAttached().stream()
                .anyMatch(attached -> attached.field().isReviewed());
    }

    /**
     * Whether a blob may be read by whoever knows its id alone. Asks the store of rows only where there are reviews;
     * then files that no record has are for nobody, as nothing is known of them.
     */
    public boolean mayBeRead(BlobReference blob) {
        if (!FileKeys.isAttached(blob.key()) || !areThere()) {
            return true;
        }
        AttachmentSlot slot = slotOf(blob);
        StoredFile file = slot == null ? null : find(slot, blob);
        return file != null && file.status() == Status.READY;
    }

    /** The slot that has a blob; null if none has. */
    @Nullable
    AttachmentSlot slotOf(BlobReference blob) {
        return lifecycle.rows().rows(List.of(blob)).stream()
                .filter(row -> row.state() == AttachmentRow.State.ATTACHED)
                .map(AttachmentRow::slot)
                .findFirst()
                .orElse(null);
    }

    /** The file in a slot; null if it is not there any more. */
    public @Nullable StoredFile find(AttachmentSlot slot, BlobReference blob) {
        return lifecycle
                .rows()
                .find(slot.ownerType(), slot.field(), List.of(slot.ownerId()))
                .getOrDefault(slot.ownerId(), List.of())
                .stream()
                .filter(file -> file.blob().equals(blob))
                .map(AttachmentLifecycle::stored)
                .findFirst()
                .orElse(null);
    }

    /** What a decision has come to. */
    public enum Outcome {
        /** The file has the status now. */
        DECIDED,
        /** It had it before. */
        SAME,
        /** It has another one that is final, is not there any more, or nobody has to decide about it. */
        REFUSED
    }

    /**
     * Decides about a file, in the transaction of the caller.
     *
     * @param status {@link Status#READY}, which a rejected file cannot become any more, or {@link Status#REJECTED};
     *     then the caller deletes the content after the commit, or {@code internal.maintenance} does
     */
    public Outcome decide(AttachmentSlot slot, BlobReference blob, Status status) {
        Outcome[] outcome = {Outcome.REFUSED};
        change(slot, blob, present -> {
            StoredFile file = AttachmentLifecycle.stored(present);
            if (file.status() == status) {
                outcome[0] = Outcome.SAME;
                return present;
            }
            if (file.status() == Status.REJECTED || (file.status() == Status.READY && !isReviewed(slot))) {
                return present;
            }
            outcome[0] = Outcome.DECIDED;
            return new AttachedFile(
                    blob, file.withStatus(status).toJson(), status == Status.REJECTED ? lifecycle.dueAt() : null);
        });
        return outcome[0];
    }

    /** Says from when on a file is due again; null if nothing is to be done with it any more. */
    public void due(AttachmentSlot slot, BlobReference blob, @Nullable Instant dueAt) {
        change(slot, blob, present -> new AttachedFile(blob, present.json(), dueAt));
    }

    private boolean isReviewed(AttachmentSlot slot) {
        FileField field = fields.get().find(slot.ownerType() + "." + slot.field());
        return field != null && field.isReviewed();
    }

    private void change(AttachmentSlot slot, BlobReference blob, UnaryOperator<AttachedFile> change) {
        List<BlobReference> unused = lifecycle.change(List.of(lifecycle.edit(
                slot,
                present -> present.stream()
                        .map(file -> file.blob().equals(blob) ? change.apply(file) : file)
                        .toList())));
    }
}
