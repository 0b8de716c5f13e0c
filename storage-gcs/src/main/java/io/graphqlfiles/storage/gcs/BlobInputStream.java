package io.graphqlfiles.storage.gcs;

import com.google.cloud.ReadChannel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * The bytes of an object as they arrive. The client goes on where a connection broke, at the same generation of the
 * object, and fails if that is gone. Not thread-safe.
 */
final class BlobInputStream extends InputStream {

    /** For callers who read byte by byte; whoever reads more at once goes past it. */
    private static final int BUFFER = 8 * 1024;

    private final ReadChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).limit(0);
    private boolean closed;

    private BlobInputStream(ReadChannel channel) {
        this.channel = channel;
    }

    /**
     * Sends the request.
     *
     * @param channel closed if this fails
     * @throws IOException the channel's, with the client's exception as its cause
     */
    static BlobInputStream open(ReadChannel channel) throws IOException {
        BlobInputStream opened = new BlobInputStream(channel);
        try {
            opened.fill();
            return opened;
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    @Override
    public int read() throws IOException {
        requireOpen();
        return buffer.hasRemaining() || fill() ? buffer.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        requireOpen();
        if (length == 0) {
            return 0;
        }
        if (!buffer.hasRemaining()) {
            if (length >= BUFFER) {
                return fill(ByteBuffer.wrap(bytes, offset, length));
            }
            if (!fill()) {
                return -1;
            }
        }
        int available = Math.min(length, buffer.remaining());
        buffer.get(bytes, offset, available);
        return available;
    }

    @Override
    public int available() {
        return closed ? 0 : buffer.remaining();
    }

    @Override
    public void close() {
        closed = true;
        channel.close();
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("the stream is closed");
        }
    }

    private boolean fill() throws IOException {
        buffer.clear();
        int read = fill(buffer);
        buffer.flip();
        return read > 0;
    }

    private int fill(ByteBuffer target) throws IOException {
        int read;
        do {
            read = channel.read(target);
        } while (read == 0);
        return read;
    }
}
