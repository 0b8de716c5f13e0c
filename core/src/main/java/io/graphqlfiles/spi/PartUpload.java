package io.graphqlfiles.spi;

import static java.util.Objects.requireNonNull;

/**
 * Names an upload in parts.
 *
 * @param key the key of the blob to be
 * @param uploadId the store's name for the upload, opaque
 */
public record PartUpload(String key, String uploadId) {

    /** @throws IllegalArgumentException if the key is not {@linkplain BlobKeys well formed} */
    public PartUpload {
        BlobKeys.requireValid(key);
        requireNonNull(uploadId, "uploadId");
    }

    /** Without the upload's id: with it, some servers take parts. */
    @Override
    public String toString() {
        return "PartUpload[" + key + "]";
    }
}
