package io.graphqlfiles.spi;

import static java.util.Objects.requireNonNull;

/**
 * Which part {@link PartUploads#putPart} is to store.
 *
 * @param upload the upload it belongs to
 * @param number from 1
 * @param byteSize its exact length in bytes
 */
public record PutPartRequest(PartUpload upload, int number, long byteSize) {

    /** @throws IllegalArgumentException if number or size is below 1 */
    public PutPartRequest {
        requireNonNull(upload, "upload");
        if (number < 1 || byteSize < 1) {
            throw new IllegalArgumentException(
                    "number, byteSize: expected 1 or more, found " + number + ", " + byteSize);
        }
    }
}
