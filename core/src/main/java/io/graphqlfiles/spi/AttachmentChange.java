package io.graphqlfiles.spi;

import java.util.List;

/**
 * What {@link AttachmentStore#change} did.
 *
 * @param before the list as it was; copied
 * @param after the list as it is; copied
 */
public record AttachmentChange(List<AttachedFile> before, List<AttachedFile> after) {

    public AttachmentChange {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }
}
