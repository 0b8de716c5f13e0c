package io.graphqlfiles.spi;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request that a client may send to the store. Whoever has it can send it, so {@link #toString()} hides the URL.
 *
 * @param method HTTP method
 * @param url absolute, or starting with {@code /} and relative to the base URL of the application's server
 * @param headers the headers that the client must send exactly so, by name, in order: those that the signature covers,
 *     without {@code Host} and {@code Content-Length}, which every client sends on its own; copied
 * @param expiresAt when it expires: at the requested time, or earlier if the signer's credentials expire earlier
 */
public record SignedRequest(String method, URI url, Map<String, String> headers, Instant expiresAt) {

    public SignedRequest {
        requireNonNull(method, "method");
        requireNonNull(url, "url");
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        requireNonNull(expiresAt, "expiresAt");
    }

    @Override
    public String toString() {
        return "SignedRequest[" + method + " until " + expiresAt + "]";
    }
}
