package io.graphqlfiles.maintenance;

import io.graphqlfiles.spi.BlobReference;
import io.graphqlfiles.spi.attachment.AttachmentSlot;
import org.jspecify.annotations.Nullable;

/**
 * Something that does not agree between the attachment store and the blob stores.
 *
 * @param slot whose file is missing; null for an orphan
 * @param isDeleted whether it was an orphan and has been deleted, or ownerless and has been discarded
 */
public record ReconcileFinding(
        Kind kind, BlobReference blob, @Nullable AttachmentSlot slot, boolean isDeleted) {

    /** The kinds of findings. */
    public enum Kind {
        /** A blob under a key for attached files that has no row. Nothing refers to it and nothing ever will. */
        ORPHAN,
        /**
         * An attached file whose blob is not there. Somebody else has deleted it, and only a backup can bring it back;
         * or its store is no longer configured.
         */
        MISSING,
        /** A file that is attached to a record that is gone. */
        OWNERLESS
    }
}
