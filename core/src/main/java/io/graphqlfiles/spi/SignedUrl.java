package io.graphqlfiles.spi;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A URL to read a blob by. Whoever has it can read the blob, so {@link #toString()} hides it.
 *
 * @param url absolute, or starting with {@code /} and relative to the base URL of the application's server
 * @param expiresAt when it ends: what was asked for, or sooner where the signer's own credentials end sooner; null if
 *     it does not end
 */
public record SignedUrl(URI url, @Nullable Instant expiresAt) {

    public SignedUrl {
        requireNonNull(url, "url");
    }

    @Override
    public String toString() {
        return "SignedUrl[until " + expiresAt + "]";
    }
}
