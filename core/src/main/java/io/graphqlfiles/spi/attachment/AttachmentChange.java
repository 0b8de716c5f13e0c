package io.graphqlfiles.spi.attachment;

import static java.util.Objects.requireNonNull;

import io.graphqlfiles.spi.BlobReference;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What {@link AttachmentStore#change} did to one slot.
 *
 * @param before the list as it was; copied
 * @param after the list as it is; copied
 */
public record AttachmentChange(AttachmentSlot slot, List<AttachedFile> before, List<AttachedFile> after) {

    public AttachmentChange {
        requireNonNull(slot, "slot");
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    /** The blobs that were in the list and are no longer: what became discarded. */
    public List<BlobReference> discarded() {
        return missingFrom(after, before);
    }

    /** The blobs that are in the list and were not: what became attached. */
    public List<BlobReference> attached() {
        return missingFrom(before, after);
    }

    private static List<BlobReference> missingFrom(List<AttachedFile> list, List<AttachedFile> files) {
        Set<BlobReference> known = list.stream().map(AttachedFile::blob).collect(Collectors.toSet());
        return files.stream()
                .map(AttachedFile::blob)
                .filter(blob -> !known.contains(blob))
                .toList();
    }
}
