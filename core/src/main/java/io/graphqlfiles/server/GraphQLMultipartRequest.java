package io.graphqlfiles.server;

import java.io.IOException;

/**
 * One request after the <a href="https://github.com/jaydenseric/graphql-multipart-request-spec">GraphQL multipart
 * request specification</a>, for adapters of HTTP servers; applications do not see it.
 *
 * <p>{@link #operations()} gives the JSON that a server for ordinary GraphQL requests takes; the files stay on the
 * connection and are read when a data fetcher reads its {@link io.graphqlfiles.Upload}. {@link #close()} comes when the
 * request has been answered, however that went.
 *
 * <p>Not thread-safe, apart from the uploads. Both methods block.
 */
public interface GraphQLMultipartRequest extends AutoCloseable {

    /**
     * The GraphQL request, or an array of them, as JSON in UTF-8, with a handle in the place of each file. The first
     * call reads the body up to the first file; later calls give the same array.
     *
     * @throws MultipartRequestException if the request breaks a rule of the specification or a limit
     * @throws IOException if the connection broke
     * @throws IllegalStateException if the request is closed
     */
    byte[] operations() throws IOException;

    /**
     * Whether the body has been read to its closing boundary, so that what may still come of it is nothing to wait for.
     * Waits for who reads an upload in another thread.
     */
    boolean isAtEnd();

    /**
     * Ends the request: handles lead nowhere from now on, temporary files are gone, who still reads an upload gets an
     * exception, and what the client is still sending is read within {@link io.graphqlfiles.FileLimits#drainedBytes()}
     * and {@link io.graphqlfiles.FileLimits#drainTime()}, so that it gets to read its answer. Never throws; harmless
     * when repeated.
     */
    @Override
    void close();
}
