package io.graphqlfiles.spi;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * What {@link DirectPartAccess#signPart} is to permit.
 *
 * @param upload an upload that was begun
 * @param number from 1
 * @param byteSize the exact length of the part in bytes
 * @param signedAt when the request becomes valid
 * @param expiresAt exclusive
 */
public record SignPartRequest(PartUpload upload, int number, long byteSize, Instant signedAt, Instant expiresAt) {

    public SignPartRequest {
        requireNonNull(upload, "upload");
        requireNonNull(signedAt, "signedAt");
        requireNonNull(expiresAt, "expiresAt");
    }
}
