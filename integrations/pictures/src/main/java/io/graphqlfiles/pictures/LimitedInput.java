package io.graphqlfiles.pictures;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Ends with an exception after a number of bytes: parsers believe what a file says of its lengths. */
final class LimitedInput extends FilterInputStream {

    private final String what;
    private long left;

    /** @param what is thrown after {@code most} bytes, in words for logs */
    LimitedInput(InputStream in, long most, String what) {
        super(in);
        this.left = most;
        this.what = what;
    }

    @Override
    public int read() throws IOException {
        int next = in.read();
        count(next < 0 ? 0 : 1);
        return next;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = in.read(buffer, offset, length);
        count(Math.max(0, read));
        return read;
    }

    /** What is passed over is not counted: it need not be read. */
    @Override
    public long skip(long count) throws IOException {
        return in.skip(count);
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(int read) throws IOException {
        left -= read;
        if (left < 0) {
            throw new IOException(what);
        }
    }
}
