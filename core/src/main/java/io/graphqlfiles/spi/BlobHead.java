package io.graphqlfiles.spi;

import static java.util.Objects.requireNonNull;

/**
 * What a store knows of a blob, and how it begins: both of one version.
 *
 * @param info what is known of it
 * @param bytes its first bytes: as many as were asked for, or all if it has fewer; the receiver's own
 */
@SuppressWarnings("ArrayRecordComponent") // Read once, never compared.
public record BlobHead(BlobInfo info, byte[] bytes) {

    public BlobHead {
        requireNonNull(info, "info");
        requireNonNull(bytes, "bytes");
    }
}
