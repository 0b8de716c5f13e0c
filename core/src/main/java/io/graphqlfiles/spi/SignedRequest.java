package io.graphqlfiles.spi;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request that a client may send to the store. Whoever has it can send it, so {@link #toString()} hides the URL.
 *
 * @param method HTTP method
 * @param url absolute, or starting with {@code /} and relative to the base URL of the application's server
 * @param headers exactly the headers that the signature covers and the client must send, by name, in order; copied
 */
public record SignedRequest(String method, URI url, Map<String, String> headers) {

    public SignedRequest {
        requireNonNull(method, "method");
        requireNonNull(url, "url");
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    @Override
    public String toString() {
        return "SignedRequest[" + method + "]";
    }
}
