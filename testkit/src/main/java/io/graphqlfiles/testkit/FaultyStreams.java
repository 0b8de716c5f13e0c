package io.graphqlfiles.testkit;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;

/** Streams for what can go wrong on the caller's side. */
final class FaultyStreams {

    private FaultyStreams() {}

    /** Gives some bytes and then, in place of the end, a failure. */
    static InputStream failing(int after, Exception failure) {
        return new FilterInputStream(new GeneratedInputStream(99, after)) {
            @Override
            public int read() throws IOException {
                return orFail(super.read());
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return orFail(super.read(buffer, offset, length));
            }

            private int orFail(int read) throws IOException {
                if (read >= 0) {
                    return read;
                }
                if (failure instanceof RuntimeException unchecked) {
                    throw unchecked;
                }
                throw (IOException) failure;
            }
        };
    }

    /** Returns whether it was closed. */
    static InputStream closing(InputStream in, AtomicBoolean closed) {
        return new FilterInputStream(in) {
            @Override
            public void close() throws IOException {
                closed.set(true);
                super.close();
            }
        };
    }
}
