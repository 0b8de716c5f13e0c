package io.graphqlfiles.spi;

import static java.util.Objects.requireNonNull;

/**
 * What {@link PartUploads#beginParts} is to begin. The blob's {@code Content-Disposition} will be {@code attachment}
 * and its visibility {@link Visibility#PRIVATE}.
 *
 * @param key the key of the blob to be
 * @param byteSize length of the whole blob, 1 or more
 * @param partByteSize length of every part but the last, which has the rest; within the store's
 *     {@link PartUploads.Limits}
 * @param contentType media type of the blob; printable ASCII
 */
public record BeginParts(String key, long byteSize, long partByteSize, String contentType) {

    /** @throws IllegalArgumentException if a size is below 1, or the content type is not printable ASCII */
    public BeginParts {
        requireNonNull(key, "key");
        HeaderText.require("contentType", contentType);
        if (byteSize < 1 || partByteSize < 1) {
            throw new IllegalArgumentException(
                    "byteSize, partByteSize: expected 1 or more, found " + byteSize + ", " + partByteSize);
        }
    }
}
