package io.graphqlfiles.example.s3;

import java.io.InputStream;
import java.util.Random;
import java.util.zip.CRC32;

/** A file of any length that nobody has to hold: no two of its blocks are the same, and any range can be made. */
final class LargeContent {

    private static final int BLOCK = 1024 * 1024;
    private static final byte[] PATTERN = pattern();

    private LargeContent() {}

    /** A range of the file. */
    static InputStream range(long offset, long byteSize) {
        return new Range(offset, offset + byteSize);
    }

    static long crc(InputStream content) throws java.io.IOException {
        CRC32 crc = new CRC32();
        byte[] buffer = new byte[64 * 1024];
        for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
            crc.update(buffer, 0, read);
        }
        return crc.getValue();
    }

    private static byte[] pattern() {
        byte[] bytes = new byte[BLOCK];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    private static final class Range extends InputStream {

        private final long end;
        private long position;

        Range(long start, long end) {
            this.position = start;
            this.end = end;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (position == end) {
                return -1;
            }
            int inBlock = (int) (position % BLOCK);
            int count = (int) Math.min(Math.min(length, BLOCK - inBlock), end - position);
            System.arraycopy(PATTERN, inBlock, buffer, offset, count);
            if (inBlock < 8) {
                // Each block begins with its own number.
                long block = position / BLOCK;
                for (int i = inBlock; i < Math.min(8, inBlock + count); i++) {
                    buffer[offset + i - inBlock] = (byte) (block >>> (8 * i));
                }
            }
            position += count;
            return count;
        }
    }
}
