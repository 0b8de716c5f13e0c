package io.graphqlfiles.maintenance;

import io.graphqlfiles.spi.BlobReference;
import io.graphqlfiles.spi.attachment.AttachmentSlot;
import org.jspecify.annotations.Nullable;

/**
 * What {@link FileMaintenance#reconcile} has seen.
 *
 * @param blobs how many blobs there are under keys for attached files
 * @param attached how many attached files
 * @param orphans how many of the blobs are orphans
 * @param deletedOrphans how many of them were deleted
 * @param missing how many of the attached files have no blob
 * @param ownerless how many of the attached files belong to records that are gone; 0 if nobody was asked
 * @param unknown how many of the attached files belong to fields that no schema that was applied has, or has as
 *     attached; 0 if none was applied
 * @param isComplete whether everything was looked at; false if the thread was interrupted
 */
public record ReconcileResult(
        long blobs,
        long attached,
        long orphans,
        long deletedOrphans,
        long missing,
        long ownerless,
        long unknown,
        boolean isComplete) {

    /**
     * Something that does not agree between the attachment store and the blob stores.
     *
     * @param slot whose file it is; null for an orphan
     * @param isDeleted whether it was an orphan and has been deleted, or ownerless and has been discarded
     */
    public record Finding(
            Kind kind, BlobReference blob, @Nullable AttachmentSlot slot, boolean isDeleted) {

        /** The kinds of findings. */
        public enum Kind {
            /** A blob under a key for attached files that has no row. Nothing refers to it and nothing ever will. */
            ORPHAN,
            /**
             * An attached file whose blob is not there. Somebody else has deleted it, and only a backup can bring it
             * back; or its store is no longer configured.
             */
            MISSING,
            /** A file that is attached to a record that is gone. */
            OWNERLESS,
            /**
             * A file that is attached to a field that the schema does not have: the type or the field was renamed or
             * removed, and nothing reads or deletes it. Found once for each such field, with one of its files.
             * {@code docs/attachments.md} has the statement that renames. Never deleted.
             */
            UNKNOWN_FIELD
        }
    }
}
