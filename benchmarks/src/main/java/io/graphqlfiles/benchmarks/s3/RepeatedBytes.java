package io.graphqlfiles.benchmarks.s3;

import java.io.InputStream;
import java.util.Random;

/** The same random bytes over and over, at the cost of a copy. */
final class RepeatedBytes extends InputStream {

    private static final byte[] BYTES = new byte[64 * 1024];

    static {
        new Random(1).nextBytes(BYTES);
    }

    private long left;

    RepeatedBytes(long byteSize) {
        this.left = byteSize;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        if (left == 0) {
            return -1;
        }
        int count = (int) Math.min(left, Math.min(length, BYTES.length));
        System.arraycopy(BYTES, 0, buffer, offset, count);
        left -= count;
        return count;
    }
}
