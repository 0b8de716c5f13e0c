package io.graphqlfiles.spi;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What {@link DirectAccess#signGet} is to permit.
 *
 * @param key the blob to read
 * @param visibility how the blob was put
 * @param contentDisposition {@code Content-Disposition} that the answer must carry in place of the stored one; null for
 *     the stored one
 * @param signedAt when the URL becomes valid; not looked at when the blob is public
 * @param expiresAt exclusive; not looked at when the blob is public
 */
public record SignGetRequest(
        String key, Visibility visibility, @Nullable String contentDisposition, Instant signedAt, Instant expiresAt) {

    /** @throws IllegalArgumentException if the key is not {@linkplain BlobKeys well formed} */
    public SignGetRequest {
        BlobKeys.requireValid(key);
        requireNonNull(visibility, "visibility");
        requireNonNull(signedAt, "signedAt");
        requireNonNull(expiresAt, "expiresAt");
    }
}
