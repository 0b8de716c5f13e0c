package io.graphqlfiles.compatibility.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/** One HTTP/1.1 request by hand, for what no client would send, on a connection that ends with its answer. */
final class RawConnection implements AutoCloseable {

    /**
     * What the server has said.
     *
     * @param status 0 if it has closed the connection without an answer
     */
    record Answer(int status, String body) {}

    private final URI uri;
    private final Socket socket;

    RawConnection(URI uri) {
        this.uri = uri;
        try {
            socket = new Socket(uri.getHost(), uri.getPort());
            socket.setTcpNoDelay(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends the head of a request with these lines more. */
    RawConnection head(String method, String... lines) {
        StringBuilder head = new StringBuilder(method)
                .append(' ')
                .append(uri.getRawPath())
                .append(uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery())
                .append(" HTTP/1.1\r\nHost: ")
                .append(uri.getRawAuthority())
                .append("\r\nConnection: close\r\nGraphQL-Preflight: 1\r\n");
        for (String line : lines) {
            head.append(line).append("\r\n");
        }
        return send(head.append("\r\n").toString());
    }

    RawConnection send(String text) {
        return send(text.getBytes(UTF_8));
    }

    /** Sends what it can: a server that has had enough may close the connection any time. */
    RawConnection send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            // What it has said is still to be read.
        }
        return this;
    }

    /** Sends no more, as a client that ends in the middle of what it says. */
    RawConnection end() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            // The other side was faster.
        }
        return this;
    }

    /** Ends with a reset, as when a client vanishes. */
    void vanish() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The answer, up to the end of the connection; whatever of it has come if that breaks. */
    Answer answer(Duration time) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            socket.setSoTimeout((int) time.toMillis());
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[16 * 1024];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                all.write(buffer, 0, n);
            }
        } catch (IOException e) {
            // Whatever has come.
        } finally {
            close();
        }
        return parse(all.toByteArray());
    }

    private static Answer parse(byte[] all) {
        String text = new String(all, ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (!text.startsWith("HTTP/1.1 ") || end < 0) {
            return new Answer(0, text);
        }
        String head = text.substring(0, end).toLowerCase(Locale.ROOT);
        byte[] body = Arrays.copyOfRange(all, end + 4, all.length);
        return new Answer(
                Integer.parseInt(text.substring(9, 12)),
                new String(head.contains("\r\ntransfer-encoding: chunked") ? unchunked(body) : body, UTF_8));
    }

    private static byte[] unchunked(byte[] body) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        int at = 0;
        while (at < body.length) {
            int line = at;
            while (line < body.length && body[line] != '\r') {
                line++;
            }
            int length = Integer.parseInt(new String(body, at, line - at, ISO_8859_1), 16);
            int start = line + 2;
            whole.write(body, Math.min(start, body.length), Math.max(0, Math.min(length, body.length - start)));
            at = start + length + 2;
        }
        return whole.toByteArray();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
