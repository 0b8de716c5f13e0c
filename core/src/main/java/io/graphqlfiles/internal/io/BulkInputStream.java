package io.graphqlfiles.internal.io;

import java.io.IOException;
import java.io.InputStream;

/** A stream that is read into arrays; a single byte goes through an array that is made once. For one thread. */
public abstract class BulkInputStream extends InputStream {

    private final byte[] one = new byte[1];

    /** For subclasses. */
    protected BulkInputStream() {}

    @Override
    public final int read() throws IOException {
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public abstract int read(byte[] target, int offset, int length) throws IOException;
}
