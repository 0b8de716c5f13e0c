package io.graphqlfiles.storage.fs;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;

/**
 * A part of a file whose length is known. Ends early only with an exception, so that no truncated blob passes for a
 * whole one.
 */
final class BlobInputStream extends InputStream {

    private static final int BUFFER = 64 * 1024;

    private final InputStream file;
    private long remaining;

    /**
     * Takes over a stream that stands at the first byte.
     *
     * @param file closed with this stream
     * @param remaining how many bytes to give
     */
    BlobInputStream(InputStream file, long remaining) {
        this.file = file;
        this.remaining = remaining;
    }

    @Override
    public int read() throws IOException {
        if (remaining == 0) {
            return -1;
        }
        int b = file.read();
        if (b < 0) {
            throw truncated();
        }
        remaining--;
        return b;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (length == 0) {
            return 0;
        }
        if (remaining == 0) {
            return -1;
        }
        int read = file.read(buffer, offset, (int) Math.min(length, remaining));
        if (read < 0) {
            throw truncated();
        }
        remaining -= read;
        return read;
    }

    @Override
    public long skip(long n) throws IOException {
        if (n <= 0) {
            return 0;
        }
        long skipped = file.skip(Math.min(n, remaining));
        remaining -= skipped;
        return skipped;
    }

    @Override
    public int available() {
        return (int) Math.min(remaining, Integer.MAX_VALUE);
    }

    /** The inherited method moves 8 KiB at a time, which halves the speed. */
    @Override
    public long transferTo(OutputStream out) throws IOException {
        byte[] buffer = new byte[(int) Math.min(BUFFER, Math.max(remaining, 1))];
        long transferred = 0;
        for (int read = read(buffer); read >= 0; read = read(buffer)) {
            out.write(buffer, 0, read);
            transferred += read;
        }
        return transferred;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private IOException truncated() {
        return new EOFException("expected " + remaining + " more bytes, found the end of the file");
    }
}
