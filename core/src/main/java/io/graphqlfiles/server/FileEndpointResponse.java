package io.graphqlfiles.server;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/**
 * What the {@link FileEndpoint} answers: a server adapter sends status and headers, then {@link #writeTo}, and closes
 * it in any case. For one thread at a time.
 */
public interface FileEndpointResponse extends Closeable {

    /** HTTP status. */
    int status();

    /** Headers by name, in order; {@code Content-Length} among them where there is a body. */
    Map<String, String> headers();

    /**
     * The body, empty if there is none: for servers that write when the client can read. Ends after the length that was
     * announced; reading throws {@link EOFException} if the store's bytes end before it: the connection must then be
     * broken off, so that the client does not take the part for the whole. To be used once, instead of
     * {@link #writeTo}, and closed, which may stand for closing this response. Reading blocks.
     */
    InputStream body();

    /**
     * Writes the body, if there is one. To be called once. Blocks.
     *
     * @param out not closed
     * @throws IOException if {@code out} fails, or the store's bytes end before the length that was announced: the
     *     connection must then be broken off, so that the client does not take the part for the whole
     */
    void writeTo(OutputStream out) throws IOException;

    /** Abandons the body, or what is left of it. Harmless when repeated. */
    @Override
    void close() throws IOException;
}
