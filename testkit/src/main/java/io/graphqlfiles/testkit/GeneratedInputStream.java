package io.graphqlfiles.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/** Bytes made as they are read, the same ones for the same seed: content of any length that nobody has to hold. */
final class GeneratedInputStream extends InputStream {

    private final long size;
    private long position;
    private long state;

    GeneratedInputStream(long seed, long size) {
        this.size = size;
        // Xorshift stays at zero for ever, and needs some steps to leave small numbers.
        this.state = (seed + 1) * 0x9e3779b97f4a7c15L;
    }

    static byte[] bytes(long seed, int size) {
        try {
            return new GeneratedInputStream(seed, size).readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** SHA-256 of a whole stream, which is closed. */
    static String hash(InputStream in) throws IOException {
        try (in) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[16 * 1024];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public int read() {
        return position == size ? -1 : next() & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (length == 0) {
            return 0;
        }
        if (position == size) {
            return -1;
        }
        int read = (int) Math.min(length, size - position);
        for (int i = 0; i < read; i++) {
            buffer[offset + i] = next();
        }
        return read;
    }

    private byte next() {
        position++;
        state ^= state << 13;
        state ^= state >>> 7;
        state ^= state << 17;
        return (byte) (state >>> 32);
    }
}
