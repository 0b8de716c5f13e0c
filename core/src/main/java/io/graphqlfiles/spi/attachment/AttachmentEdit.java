package io.graphqlfiles.spi.attachment;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What is to become of the files of one slot; see {@link AttachmentStore#change}.
 *
 * @param edit is given the present list, which cannot be changed, and returns the new one
 * @param keeps whether what is no longer in the list is kept, so that it can be restored, rather than discarded
 */
public record AttachmentEdit(AttachmentSlot slot, UnaryOperator<List<AttachedFile>> edit, boolean keeps) {

    public AttachmentEdit {
        requireNonNull(slot, "slot");
        requireNonNull(edit, "edit");
    }

    /** Discards what is no longer in the list. */
    public AttachmentEdit(AttachmentSlot slot, UnaryOperator<List<AttachedFile>> edit) {
        this(slot, edit, false);
    }
}
