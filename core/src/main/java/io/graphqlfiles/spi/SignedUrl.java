package io.graphqlfiles.spi;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A URL to read a blob by. Whoever has it can read the blob, so {@link #toString()} hides it.
 *
 * @param text the URL as clients get it, in the characters of RFC 3986: absolute, or starting with {@code /} and
 *     relative to the base URL of the application's server. Text, because it is what a list of a thousand files needs,
 *     and to parse it takes longer than to sign it.
 * @param expiresAt when it expires: at the requested time, or earlier if the signer's credentials expire earlier; null
 *     if it never expires
 */
public record SignedUrl(String text, @Nullable Instant expiresAt) {

    public SignedUrl {
        requireNonNull(text, "text");
    }

    /**
     * The URL, parsed with each call.
     *
     * @throws IllegalArgumentException if the signer made something else
     */
    public URI url() {
        return URI.create(text);
    }

    @Override
    public String toString() {
        return "SignedUrl[until " + expiresAt + "]";
    }
}
