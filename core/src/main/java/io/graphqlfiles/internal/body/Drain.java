package io.graphqlfiles.internal.body;

import io.graphqlfiles.FileLimits;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what nobody wants of a body. A client that is still sending when the connection is closed may lose the answer,
 * even one that has been received; but no client may keep a thread busy with that for long.
 */
public final class Drain {

    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);

    private static final int CHUNK = 16 * 1024;

    private Drain() {}

    /**
     * Reads to the end, or to the limits of bytes and time: a single read may still take as long as the server's own
     * timeout. Never throws: a rest that breaks off, or does not come, changes nothing about the answer.
     */
    public static void drain(InputStream in, FileLimits limits, LongSupplier nanoClock) {
        try {
            read(in, limits, nanoClock);
        } catch (IOException | RuntimeException e) {
            // Servers have exceptions of their own for bodies that break off or are malformed.
            LOG.debug("The rest of a body could not be read", e);
        }
    }

    private static void read(InputStream in, FileLimits limits, LongSupplier nanoClock) throws IOException {
        byte[] nowhere = new byte[CHUNK];
        long start = nanoClock.getAsLong();
        long left = limits.drainedBytes().bytes();
        while (left > 0 && nanoClock.getAsLong() - start < limits.drainTime().toNanos()) {
            int n = in.read(nowhere, 0, (int) Math.min(nowhere.length, left));
            if (n < 0) {
                return;
            }
            left -= n;
        }
    }
}
