package io.graphqlfiles.spi;

import static java.util.Objects.requireNonNull;

/**
 * What {@link BlobStore#put} must store, in addition to the bytes.
 *
 * @param key the new key
 * @param byteSize the length of the content in bytes, or {@link #UNKNOWN_SIZE}
 * @param contentType media type to be kept and served with the bytes, with its parameters: {@code image/png},
 *     {@code text/csv;charset=utf-8}; printable ASCII
 * @param contentDisposition value of the {@code Content-Disposition} header (RFC 6266) to be kept and served with the
 *     bytes; printable ASCII
 * @param visibility who may read it by URL; a store without access rules of its own ignores it
 */
public record PutRequest(
        String key, long byteSize, String contentType, String contentDisposition, Visibility visibility) {

    /** The length of the content is not known before its end. */
    public static final long UNKNOWN_SIZE = -1;

    /**
     * @throws IllegalArgumentException if the key is not {@linkplain BlobKeys well formed}, the size is below -1, or
     *     content type or disposition are not printable ASCII
     */
    public PutRequest {
        BlobKeys.requireValid(key);
        HeaderText.require("contentType", contentType);
        HeaderText.require("contentDisposition", contentDisposition);
        requireNonNull(visibility, "visibility");
        if (byteSize < UNKNOWN_SIZE) {
            throw new IllegalArgumentException("byteSize: expected -1 or more, found " + byteSize);
        }
    }
}
