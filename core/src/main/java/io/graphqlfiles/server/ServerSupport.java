package io.graphqlfiles.server;

import java.io.InputStream;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an adapter of an HTTP server needs of the library; from {@link io.graphqlfiles.engine.GraphQLFiles#server}. A
 * way in for multipart requests, an endpoint for files, and what to do about bodies that nobody wants. Thread-safe.
 */
public interface ServerSupport {

    /**
     * Key in the {@link graphql.GraphQLContext} under which a server adapter puts the base URL of the server as the
     * client of this request sees it, a {@link java.net.URI} without a slash at its end, for URLs of the library's own
     * endpoint. The configured {@link io.graphqlfiles.engine.GraphQLFiles.Builder#baseUrl} wins over it.
     */
    String BASE_URL_KEY = "io.graphqlfiles.baseUrl";

    /**
     * Whether a request with that {@code Content-Type} is one for {@link #openMultipartRequest}:
     * {@code multipart/form-data}.
     *
     * @param contentType the request's header; null if it has none
     */
    boolean isMultipart(@Nullable String contentType);

    /**
     * One request whose {@code Content-Type} is {@code multipart/form-data}, with its files for the {@code Upload}
     * scalar of this instance. Reads nothing yet.
     *
     * @param contentType the request's header; null if it has none
     * @param headers gives a header of the request by name, null if it is absent
     * @param body stays open; must be usable until the result is closed
     * @return to be closed when the request has been answered, however that went
     */
    GraphQLMultipartRequest openMultipartRequest(
            @Nullable String contentType, Function<String, @Nullable String> headers, InputStream body);

    /** How many uploads there are in requests that are being answered: for metrics. */
    int liveUploads();

    /**
     * Reads what a client is still sending of a body that nobody wants, within
     * {@link io.graphqlfiles.FileLimits#drainedBytes()} and {@link io.graphqlfiles.FileLimits#drainTime()}, so that it
     * gets to read its answer. Blocks. Never throws: a rest that cannot be read changes nothing about the answer.
     *
     * @param body stays open
     */
    void drain(InputStream body);

    /** Serves files and takes direct uploads, below {@link #basePath()}. */
    FileEndpoint fileEndpoint();

    /** Where to map the file endpoint, for example {@code /files}. */
    String basePath();
}
