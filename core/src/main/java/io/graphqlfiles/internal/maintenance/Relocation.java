package io.graphqlfiles.internal.maintenance;

import io.graphqlfiles.Attachments;
import io.graphqlfiles.FileField;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.internal.blob.FileKeys;
import io.graphqlfiles.internal.owner.AttachedField;
import io.graphqlfiles.internal.schema.FileFields;
import io.graphqlfiles.maintenance.SweepOptions;
import io.graphqlfiles.spi.BlobNotFoundException;
import io.graphqlfiles.spi.BlobReference;
import io.graphqlfiles.spi.attachment.AttachmentConflictException;
import io.graphqlfiles.spi.attachment.AttachmentRow;
import io.graphqlfiles.spi.attachment.AttachmentSlot;
import io.graphqlfiles.spi.attachment.AttachmentStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves attached files to where new files of their fields go. Each is copied, and the copy takes its place in the
 * record in one change, so that whoever is killed leaves the record with one of the two, and the other to the sweep.
 * One use.
 */
final class Relocation {

    private static final Logger LOG = LoggerFactory.getLogger(Relocation.class);

    private final AttachmentStore rows;
    private final Attachments attachments;
    private final FileFields fields;
    private final UnaryOperator<FileField> ofTenant;
    private final SweepOptions options;

    /** @param ofTenant the field with the tenant's store */
    Relocation(
            AttachmentStore rows,
            Attachments attachments,
            FileFields fields,
            UnaryOperator<FileField> ofTenant,
            SweepOptions options) {
        this.rows = rows;
        this.attachments = attachments;
        this.fields = fields;
        this.ofTenant = ofTenant;
        this.options = options;
    }

    /** How many were moved, or would be; an interrupt ends it early. */
    long run() {
        Long total = options.progress() == null
                ? null
                : Long.valueOf(rows.statistics().attached());
        ProgressMeter meter = new ProgressMeter("relocate files", total, options.progress());
        AttachmentPages pages = new AttachmentPages(rows, AttachmentRow.State.ATTACHED);
        long moved = 0;
        do {
            for (AttachmentRow row : pages.next()) {
                if (Thread.currentThread().isInterrupted()) {
                    return moved;
                }
                moved += isToMove(row) && (options.isDryRun() || move(row)) ? 1 : 0;
                meter.done(1);
            }
        } while (pages.hasNext() && SweepTally.rest(options.pause()));
        meter.end();
        return moved;
    }

    private static String coordinate(AttachmentSlot slot) {
        return slot.ownerType() + "." + slot.field();
    }

    private boolean isToMove(AttachmentRow row) {
        AttachmentSlot slot = row.slot();
        AttachedField attached = slot == null ? null : fields.findAttached(coordinate(slot));
        if (attached == null) {
            return false;
        }
        FileField field = ofTenant.apply(attached.field());
        BlobReference blob = row.blob();
        return !blob.store().equals(field.store()) || FileKeys.visibilityOf(blob.key()) != field.visibility();
    }

    /** False if it was changed meanwhile, is not ready, or cannot be read: the next run sees. */
    private boolean move(AttachmentRow row) {
        AttachmentSlot slot = row.slot();
        if (slot == null) {
            return false;
        }
        String field = coordinate(slot);
        for (StoredFile file : attachments.list(field, slot.ownerId())) {
            // What is decided about a file that is being reviewed is decided of this very blob.
            if (file.key().equals(row.blob().key()) && file.status() == StoredFile.Status.READY) {
                try {
                    return replace(slot, file, attachments.copyOf(field, file));
                } catch (BlobNotFoundException | AttachmentConflictException e) {
                    LOG.warn("{} of {} {} was not moved", file, field, slot.ownerId(), e);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return false;
    }

    private boolean replace(AttachmentSlot slot, StoredFile file, StoredFile copy) {
        AtomicBoolean replaced = new AtomicBoolean();
        attachments.edit(
                coordinate(slot),
                slot.ownerId(),
                present -> present.stream()
                        .map(each -> {
                            boolean isIt = each.key().equals(file.key());
                            replaced.compareAndSet(false, isIt);
                            return isIt ? copy : each;
                        })
                        .toList());
        // Where it was deleted meanwhile, the sweep deletes the copy.
        return replaced.get();
    }
}
