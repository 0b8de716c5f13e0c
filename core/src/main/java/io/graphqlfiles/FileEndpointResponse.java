package io.graphqlfiles;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;

/**
 * What the {@link FileEndpoint} answers: a server adapter sends status and headers, then {@link #writeTo}, and closes
 * it in any case. For one thread at a time.
 */
public final class FileEndpointResponse implements Closeable {

    private static final int BUFFER = 65_536;

    private final int status;
    private final Map<String, String> headers;
    private final InputStream body;
    private final long bodyLength;

    private FileEndpointResponse(int status, Map<String, String> headers, InputStream body, long bodyLength) {
        this.status = status;
        this.headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        this.body = body;
        this.bodyLength = bodyLength;
    }

    /** @param body closed with the response */
    static FileEndpointResponse of(int status, Map<String, String> headers, InputStream body, long bodyLength) {
        return new FileEndpointResponse(status, headers, body, bodyLength);
    }

    static FileEndpointResponse empty(int status, Map<String, String> headers) {
        return new FileEndpointResponse(status, headers, InputStream.nullInputStream(), 0);
    }

    /** @param told how many bytes of the body were read, once, when it is closed */
    FileEndpointResponse whenClosed(LongConsumer told) {
        return new FileEndpointResponse(status, headers, new CountedBytes(body, told), bodyLength);
    }

    /** One line of words for whoever reads the answer; never cached. */
    static FileEndpointResponse text(int status, Map<String, String> headers, String text, boolean withBody) {
        byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("Content-Type", "text/plain; charset=utf-8");
        all.put("Content-Length", Integer.toString(bytes.length));
        all.put("Cache-Control", "no-store");
        return new FileEndpointResponse(
                status,
                all,
                withBody ? new ByteArrayInputStream(bytes) : InputStream.nullInputStream(),
                withBody ? bytes.length : 0);
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    /** Headers by name, in order; {@code Content-Length} among them where there is a body. */
    public Map<String, String> headers() {
        return headers;
    }

    /**
     * The body, empty if there is none: for servers that write when the client can read. Ends after the length that was
     * announced; reading throws {@link EOFException} if the store's bytes end before it: the connection must then be
     * broken off, so that the client does not take the part for the whole. To be used once, instead of
     * {@link #writeTo}, and closed, which may stand for closing this response. Reading blocks.
     */
    public InputStream body() {
        return new AnnouncedBytes(body, bodyLength);
    }

    /**
     * Writes the body, if there is one. To be called once. Blocks.
     *
     * @param out not closed
     * @throws IOException if {@code out} fails, or the store's bytes end before the length that was announced: the
     *     connection must then be broken off, so that the client does not take the part for the whole
     */
    public void writeTo(OutputStream out) throws IOException {
        byte[] buffer = new byte[(int) Math.min(BUFFER, bodyLength)];
        InputStream bytes = body();
        for (int n = bytes.read(buffer); n > 0; n = bytes.read(buffer)) {
            out.write(buffer, 0, n);
        }
    }

    @Override
    public void close() throws IOException {
        body.close();
    }

    @Override
    public String toString() {
        return "FileEndpointResponse[" + status + "]";
    }

    private static final class CountedBytes extends FilterInputStream {

        private final LongConsumer told;
        private final AtomicBoolean closed = new AtomicBoolean();
        private long count;

        CountedBytes(InputStream body, LongConsumer told) {
            super(body);
            this.told = told;
        }

        @Override
        public int read() throws IOException {
            int next = in.read();
            count += next < 0 ? 0 : 1;
            return next;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int n = in.read(target, offset, length);
            count += Math.max(0, n);
            return n;
        }

        @Override
        public void close() throws IOException {
            try {
                in.close();
            } finally {
                if (closed.compareAndSet(false, true)) {
                    told.accept(count);
                }
            }
        }
    }

    /** As many bytes as were announced, or an exception. */
    private static final class AnnouncedBytes extends FilterInputStream {

        private long left;

        AnnouncedBytes(InputStream body, long length) {
            super(body);
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            if (left == 0) {
                return -1;
            }
            int next = in.read();
            left -= arrived(next < 0 ? -1 : 1);
            return next;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (left == 0) {
                return length == 0 ? 0 : -1;
            }
            int count = in.read(target, offset, (int) Math.min(length, left));
            left -= arrived(count);
            return count;
        }

        private int arrived(int count) throws EOFException {
            if (count < 0) {
                throw new EOFException("the blob ended " + left + " bytes early");
            }
            return count;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = in.skip(Math.min(count, left));
            left -= skipped;
            return skipped;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
