package io.graphqlfiles.spi;

import static java.util.Objects.requireNonNull;

/**
 * What {@link BlobStore#copy} is to do.
 *
 * @param sourceKey the blob to copy
 * @param sourceVersion {@link BlobInfo#version()} of the source as the caller saw it
 * @param targetKey the new key
 * @param contentType media type of the copy; replaces the source's
 * @param contentDisposition {@code Content-Disposition} of the copy; replaces the source's
 * @param visibility who may read the copy by URL
 */
public record CopyBlob(
        String sourceKey,
        String sourceVersion,
        String targetKey,
        String contentType,
        String contentDisposition,
        Visibility visibility) {

    /** @throws IllegalArgumentException if content type or disposition are not printable ASCII */
    public CopyBlob {
        requireNonNull(sourceKey, "sourceKey");
        requireNonNull(sourceVersion, "sourceVersion");
        requireNonNull(targetKey, "targetKey");
        HeaderText.require("contentType", contentType);
        HeaderText.require("contentDisposition", contentDisposition);
        requireNonNull(visibility, "visibility");
    }
}
