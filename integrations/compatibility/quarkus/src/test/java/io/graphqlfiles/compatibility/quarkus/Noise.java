package io.graphqlfiles.compatibility.quarkus;

import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import java.util.zip.CRC32;

/** Bytes that cannot be packed, the same ones each time. */
final class Noise extends InputStream {

    private final byte[] block = new byte[1_000_003];
    private long left;
    private int at;

    Noise(long size) {
        new Random(size).nextBytes(block);
        left = size;
    }

    @Override
    public int read() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (left == 0) {
            return -1;
        }
        int count = (int) Math.min(left, Math.min(length, block.length - at));
        System.arraycopy(block, at, target, offset, count);
        left -= count;
        at = (at + count) % block.length;
        return count;
    }

    static long crc32(InputStream in) throws IOException {
        CRC32 crc = new CRC32();
        byte[] buffer = new byte[1 << 16];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            crc.update(buffer, 0, n);
        }
        return crc.getValue();
    }
}
