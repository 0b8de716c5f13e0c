package io.graphqlfiles.spi;

import static java.util.Objects.requireNonNull;

/**
 * What {@link BlobStore#copy} is to do.
 *
 * @param source the blob to copy, at the version to copy, as the store returned it from {@link BlobStore#stat},
 *     {@link BlobStore#head} or when it was written: so a store need not ask for its size again
 * @param targetKey the new key
 * @param contentType media type of the copy, with its parameters; replaces the source's
 * @param contentDisposition {@code Content-Disposition} of the copy; replaces the source's
 * @param visibility who may read the copy by URL
 */
public record CopyRequest(
        BlobInfo source, String targetKey, String contentType, String contentDisposition, Visibility visibility) {

    /**
     * @throws IllegalArgumentException if a key is not {@linkplain BlobKeys well formed}, or content type or
     *     disposition are not printable ASCII
     */
    public CopyRequest {
        BlobKeys.requireValid(source.key());
        BlobKeys.requireValid(targetKey);
        HeaderText.require("contentType", contentType);
        HeaderText.require("contentDisposition", contentDisposition);
        requireNonNull(visibility, "visibility");
    }

    /** The key of the blob to copy. */
    public String sourceKey() {
        return source.key();
    }

    /** {@link BlobInfo#version()} of the blob to copy. */
    public String sourceVersion() {
        return source.version();
    }
}
