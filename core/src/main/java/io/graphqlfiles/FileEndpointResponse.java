package io.graphqlfiles;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

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
     * Writes the body, if there is one. To be called once. Blocks.
     *
     * @param out not closed
     * @throws IOException if {@code out} fails, or the store's bytes end before the length that was announced: the
     *     connection must then be broken off, so that the client does not take the part for the whole
     */
    public void writeTo(OutputStream out) throws IOException {
        byte[] buffer = new byte[(int) Math.min(BUFFER, bodyLength)];
        for (long left = bodyLength; left > 0; ) {
            int count = body.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (count < 0) {
                throw new EOFException("the blob ended " + left + " bytes early");
            }
            out.write(buffer, 0, count);
            left -= count;
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
}
