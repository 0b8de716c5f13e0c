package io.graphqlfiles.spring;

import java.io.FilterInputStream;
import java.io.IOException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * The body of a reactive request for a thread that may block: the client is asked for more as it is read. Not by
 * {@code PartEvent}s, of which Spring loses some when they are asked for by another thread than the server's.
 */
final class RequestBodyStream extends FilterInputStream {

    /** Buffers on their way, each of some KiB. */
    private static final int DEMAND = 8;

    /** Asks for the first bytes at once. To be closed, or the client may wait for ever. */
    RequestBodyStream(ServerHttpRequest request) {
        super(DataBufferUtils.subscriberInputStream(request.getBody(), DEMAND));
    }

    @Override
    public int read() throws IOException {
        try {
            return in.read();
        } catch (RuntimeException e) {
            throw broken(e);
        }
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            return in.read(target, offset, length);
        } catch (RuntimeException e) {
            throw broken(e);
        }
    }

    /** Servers tell of a client that has gone by exceptions of their own. */
    private static IOException broken(RuntimeException e) {
        return new IOException("The connection broke", e);
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException | RuntimeException e) {
            // Nobody wants more of it.
        }
    }
}
