package io.graphqlfiles.storage.s3;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;

/** Bytes that differ by their seed. */
final class Content {

    private Content() {}

    static byte[] bytes(int seed, int size) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static InputStream stream(int seed, int size) {
        return new ByteArrayInputStream(bytes(seed, size));
    }

    /** In place of the end there is a failure. */
    static InputStream failing(int seed, int size, IOException failure) {
        return new FilterInputStream(stream(seed, size)) {
            @Override
            public int read() throws IOException {
                return orFail(super.read());
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return orFail(super.read(buffer, offset, length));
            }

            private int orFail(int read) throws IOException {
                if (read < 0) {
                    throw failure;
                }
                return read;
            }
        };
    }
}
