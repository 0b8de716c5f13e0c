package io.graphqlfiles.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/**
 * A response that only the container can finish. Tomcat closes the request's body together with the response, when its
 * stream is closed or as many bytes have been written as its length says; what the client is still sending could then
 * not be read, and the client might lose its answer. So closing means flushing here, and the length is the container's
 * to find out.
 */
final class OpenResponse extends HttpServletResponseWrapper {

    private @Nullable ServletOutputStream stream;
    private @Nullable PrintWriter writer;
    private final Sent sent;
    private boolean isError;

    /** @param sent of all dispatches of the request */
    OpenResponse(HttpServletResponse response, Sent sent) {
        super(response);
        this.sent = sent;
    }

    /** What was written of an answer, perhaps by one thread after the other. */
    static final class Sent {
        private volatile long bytes;
        private volatile boolean asText;
    }

    /** Gives the client the answer now, with its length, so that it sees its end. */
    void deliver() throws IOException {
        if (isError) {
            return; // the container makes a page of it, when everybody has returned
        }
        if (!isCommitted() && !sent.asText && sent.bytes > 0) {
            super.setContentLengthLong(sent.bytes);
        }
        flushBuffer();
    }

    @Override
    public void sendError(int status) throws IOException {
        isError = true;
        super.sendError(status);
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        isError = true;
        super.sendError(status, message);
    }

    @Override
    public void reset() {
        super.reset();
        sent.bytes = 0;
    }

    @Override
    public void resetBuffer() {
        super.resetBuffer();
        sent.bytes = 0;
    }

    @Override
    public void setContentLength(int length) {}

    @Override
    public void setContentLengthLong(long length) {}

    @Override
    public void setHeader(String name, String value) {
        if (!isLength(name)) {
            super.setHeader(name, value);
        }
    }

    @Override
    public void addHeader(String name, String value) {
        if (!isLength(name)) {
            super.addHeader(name, value);
        }
    }

    @Override
    public void setIntHeader(String name, int value) {
        if (!isLength(name)) {
            super.setIntHeader(name, value);
        }
    }

    @Override
    public void addIntHeader(String name, int value) {
        if (!isLength(name)) {
            super.addIntHeader(name, value);
        }
    }

    private static boolean isLength(String name) {
        return name.equalsIgnoreCase("Content-Length");
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        if (stream == null) {
            stream = new OpenStream(super.getOutputStream());
        }
        return stream;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        if (writer == null) {
            sent.asText = true; // in bytes that only the container counts
            writer = new PrintWriter(super.getWriter()) {
                @Override
                public void close() {
                    flush();
                }
            };
        }
        return writer;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // answers are written by one thread at a time
    private void count(int bytes) {
        sent.bytes += bytes;
    }

    private final class OpenStream extends ServletOutputStream {

        private final ServletOutputStream delegate;

        OpenStream(ServletOutputStream delegate) {
            this.delegate = delegate;
        }

        @Override
        public void write(int b) throws IOException {
            delegate.write(b);
            count(1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            delegate.write(bytes, offset, length);
            count(length);
        }

        @Override
        public void flush() throws IOException {
            delegate.flush();
        }

        @Override
        public void close() throws IOException {
            delegate.flush();
        }

        @Override
        public boolean isReady() {
            return delegate.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            delegate.setWriteListener(listener);
        }
    }
}
