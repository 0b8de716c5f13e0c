package io.graphqlfiles.spi;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * What {@link DirectAccess#signPut} is to permit.
 *
 * @param key the key under which the bytes will be stored
 * @param byteSize the exact length of the body in bytes
 * @param contentType the media type that the client will send
 * @param signedAt when the request becomes valid
 * @param expiresAt exclusive
 */
public record SignPutRequest(String key, long byteSize, String contentType, Instant signedAt, Instant expiresAt) {

    public SignPutRequest {
        requireNonNull(key, "key");
        requireNonNull(contentType, "contentType");
        requireNonNull(signedAt, "signedAt");
        requireNonNull(expiresAt, "expiresAt");
    }
}
