package io.graphqlfiles.spi;

import static java.util.Objects.requireNonNull;

/**
 * A part that has been received.
 *
 * @param number from 1
 * @param byteSize its length in bytes
 * @param version names its very bytes, as an entity tag does; opaque
 */
public record UploadedPart(int number, long byteSize, String version) {

    public UploadedPart {
        requireNonNull(version, "version");
    }
}
