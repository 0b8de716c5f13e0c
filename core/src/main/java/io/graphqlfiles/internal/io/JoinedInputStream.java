package io.graphqlfiles.internal.io;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Several streams one after the other; each is opened when the one before has ended, and closed at its own end. */
public final class JoinedInputStream extends BulkInputStream {

    private final int count;
    private final IntFunction<InputStream> open;
    private @Nullable InputStream current;
    private int next;

    /**
     * Opens nothing yet.
     *
     * @param open by the index of the stream, from 0
     */
    public JoinedInputStream(int count, IntFunction<InputStream> open) {
        this.count = count;
        this.open = open;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (true) {
            InputStream stream = current;
            if (stream == null) {
                if (next == count) {
                    return -1;
                }
                stream = open.apply(next++);
                current = stream;
            }
            int n = stream.read(target, offset, length);
            if (n >= 0) {
                return n;
            }
            close();
        }
    }

    /** Closes the one that is open; those after it never will be. */
    @Override
    public void close() throws IOException {
        InputStream stream = current;
        current = null;
        if (stream != null) {
            stream.close();
        }
    }
}
