package io.graphqlfiles.spi;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * What an {@link AttachmentStore} knows of one blob.
 *
 * @param slot whose list it is in; null unless it is attached
 */
public record AttachmentRow(
        BlobReference blob, State state, @Nullable AttachmentSlot slot) {

    public AttachmentRow {
        requireNonNull(blob, "blob");
        requireNonNull(state, "state");
    }

    /** What is to become of a blob; see {@link AttachmentStore}. */
    public enum State {
        ANNOUNCED,
        ATTACHED,
        DISCARDED
    }
}
