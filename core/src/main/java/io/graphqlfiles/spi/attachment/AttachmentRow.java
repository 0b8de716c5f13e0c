package io.graphqlfiles.spi.attachment;

import static java.util.Objects.requireNonNull;

import io.graphqlfiles.spi.BlobReference;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link AttachmentStore} knows of one blob.
 *
 * @param time when it was announced, or from when on it is due for deletion; null if it is attached
 * @param slot whose list it is in, or was in when it was kept; null unless it is attached or kept
 */
public record AttachmentRow(
        BlobReference blob,
        State state,
        @Nullable Instant time,
        @Nullable AttachmentSlot slot) {

    public AttachmentRow {
        requireNonNull(blob, "blob");
        requireNonNull(state, "state");
    }

    /** What is to become of a blob; see {@link AttachmentStore}. */
    public enum State {
        /** About to be written, being written, or written and not attached. */
        ANNOUNCED,
        /** In the list of one slot. */
        ATTACHED,
        /** No longer in a list; can be restored until it is due and given out for deletion. */
        KEPT,
        /** To be deleted. */
        DISCARDED
    }
}
