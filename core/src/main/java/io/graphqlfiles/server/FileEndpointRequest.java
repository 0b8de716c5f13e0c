package io.graphqlfiles.server;

import static java.util.Objects.requireNonNull;

import java.io.InputStream;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A request to the {@link FileEndpoint}, as a server adapter hands it on. Names nothing in {@link #toString()}: the
 * query is a permission.
 *
 * @param method HTTP method
 * @param path what follows the base path, starting with {@code /}, as it came: not decoded and not normalised
 * @param query the query as it came, without {@code ?}; null if there is none
 * @param headers gives the value of a request header by its name in any case, null if the request has none; the first
 *     if there are several
 * @param body the request's body, which the endpoint does not close
 * @param contentLength length of the body as the request states it; -1 if it does not
 */
public record FileEndpointRequest(
        String method,
        String path,
        @Nullable String query,
        UnaryOperator<@Nullable String> headers,
        InputStream body,
        long contentLength) {

    // Not the compact form: javac loses there that a header may be null, and Kotlin refuses those who give one.
    public FileEndpointRequest(
            String method,
            String path,
            @Nullable String query,
            UnaryOperator<@Nullable String> headers,
            InputStream body,
            long contentLength) {
        this.method = requireNonNull(method, "method");
        this.path = requireNonNull(path, "path");
        this.query = query;
        this.headers = requireNonNull(headers, "headers");
        this.body = requireNonNull(body, "body");
        this.contentLength = contentLength;
    }

    /** The value of a header; null if the request has none. */
    public @Nullable String header(String name) {
        return headers.apply(name);
    }

    @Override
    public String toString() {
        return "FileEndpointRequest[" + method + "]";
    }
}
