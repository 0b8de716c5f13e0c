package io.graphqlfiles.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The JSON of a request. Can be read once, over all dispatches, as a stream or with a reader. */
final class JsonBody {

    private final byte[] json;
    private @Nullable Stream stream;
    private @Nullable BufferedReader reader;

    JsonBody(byte[] json) {
        this.json = json;
    }

    int length() {
        return json.length;
    }

    ServletInputStream stream(HttpServletRequest request) {
        if (reader != null) {
            throw new IllegalStateException("getReader() has been called for this request");
        }
        if (stream == null) {
            stream = new Stream(json, request);
        }
        return stream;
    }

    BufferedReader reader() {
        if (stream != null) {
            throw new IllegalStateException("getInputStream() has been called for this request");
        }
        if (reader == null) {
            reader = new BufferedReader(new InputStreamReader(new ByteArrayInputStream(json), UTF_8));
        }
        return reader;
    }

    /**
     * All of it is there from the start, so a listener is called as soon as the container can. One that leaves some for
     * later is notified of the end when it has read the rest.
     */
    private static final class Stream extends ServletInputStream {

        private final byte[] json;
        private final HttpServletRequest request;
        private int position;
        private @Nullable ReadListener listener;
        private volatile boolean announcing;
        private volatile boolean endAnnounced;

        Stream(byte[] json, HttpServletRequest request) {
            this.json = json;
            this.request = request;
        }

        @Override
        public boolean isFinished() {
            return position == json.length;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener readListener) {
            Objects.requireNonNull(readListener, "readListener");
            if (listener != null) {
                throw new IllegalStateException("there is a ReadListener already");
            }
            if (!request.isAsyncStarted()) {
                throw new IllegalStateException("expected an asynchronous request");
            }
            listener = readListener;
            start(readListener);
        }

        private void start(ReadListener to) {
            announcing = true;
            request.getAsyncContext().start(() -> announce(to));
        }

        private void endReached() {
            if (listener != null && !announcing && !endAnnounced) {
                start(listener);
            }
        }

        private void announce(ReadListener to) {
            try {
                if (!isFinished()) {
                    to.onDataAvailable();
                }
                if (isFinished() && !endAnnounced) {
                    endAnnounced = true;
                    to.onAllDataRead();
                }
            } catch (IOException | RuntimeException e) {
                to.onError(e);
            } finally {
                announcing = false;
            }
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            Objects.checkFromIndexSize(offset, length, target.length);
            if (length == 0) {
                return 0;
            }
            if (position == json.length) {
                return -1;
            }
            int count = Math.min(length, json.length - position);
            System.arraycopy(json, position, target, offset, count);
            position += count;
            if (isFinished()) {
                endReached();
            }
            return count;
        }

        @Override
        public int available() {
            return json.length - position;
        }
    }
}
