package io.graphqlfiles.internal.endpoint;

import io.graphqlfiles.server.FileEndpointResponse;
import java.io.ByteArrayInputStream;
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

/** A response with its body. */
public final class EndpointResponse implements FileEndpointResponse {

    private static final int BUFFER = 65_536;

    private final int status;
    private final Map<String, String> headers;
    private final InputStream body;
    private final long bodyLength;

    private EndpointResponse(int status, Map<String, String> headers, InputStream body, long bodyLength) {
        this.status = status;
        this.headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        this.body = body;
        this.bodyLength = bodyLength;
    }

    /** @param body closed with the response */
    static EndpointResponse of(int status, Map<String, String> headers, InputStream body, long bodyLength) {
        return new EndpointResponse(status, headers, body, bodyLength);
    }

    public static EndpointResponse empty(int status, Map<String, String> headers) {
        return new EndpointResponse(status, headers, InputStream.nullInputStream(), 0);
    }

    /**
     * Lets somebody know when it is over.
     *
     * @param counted called with the number of bytes of the body that were read, once, when it is closed
     */
    public EndpointResponse whenClosed(LongConsumer counted) {
        return new EndpointResponse(status, headers, new CountedBytes(body, counted), bodyLength);
    }

    /** One line of words for whoever reads the answer; never cached. */
    public static EndpointResponse text(int status, Map<String, String> headers, String text, boolean withBody) {
        byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("Content-Type", "text/plain; charset=utf-8");
        all.put("Content-Length", Integer.toString(bytes.length));
        all.put("Cache-Control", "no-store");
        return new EndpointResponse(
                status,
                all,
                withBody ? new ByteArrayInputStream(bytes) : InputStream.nullInputStream(),
                withBody ? bytes.length : 0);
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public Map<String, String> headers() {
        return headers;
    }

    @Override
    public InputStream body() {
        return new AnnouncedBytes(body, bodyLength);
    }

    @Override
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

        private final LongConsumer counted;
        private final AtomicBoolean closed = new AtomicBoolean();
        private long count;

        CountedBytes(InputStream body, LongConsumer counted) {
            super(body);
            this.counted = counted;
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
                    counted.accept(count);
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
            left -= received(next < 0 ? -1 : 1);
            return next;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (left == 0) {
                return length == 0 ? 0 : -1;
            }
            int count = in.read(target, offset, (int) Math.min(length, left));
            left -= received(count);
            return count;
        }

        private int received(int count) throws EOFException {
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
