package io.graphqlfiles.internal.maintenance;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Keeps several streams together at a number of bytes a second. Each read is paid for by the time that it may take; who
 * reads has to wait until what was read before is paid. Thread-safe.
 */
final class Pace {

    private static final int MOST_AT_ONCE = 64 * 1024;

    private final double nanosPerByte;
    private final LongSupplier nanoTime;
    private final AtomicLong paidUntil;

    /** @param bytesPerSecond 0 for no limit */
    Pace(long bytesPerSecond, LongSupplier nanoTime) {
        this.nanosPerByte = bytesPerSecond == 0 ? 0 : 1e9 / bytesPerSecond;
        this.nanoTime = nanoTime;
        this.paidUntil = new AtomicLong(nanoTime.getAsLong());
    }

    /** The stream, kept at the pace. An interrupt ends a read that waits. */
    InputStream of(InputStream in) {
        return nanosPerByte == 0 ? in : new PacedContent(in);
    }

    /** How long to wait for bytes that were read; time that nobody has used is not saved up. */
    long nanosFor(int bytes) {
        long now = nanoTime.getAsLong();
        long cost = (long) (bytes * nanosPerByte);
        long until = paidUntil.updateAndGet(paid -> (paid - now > 0 ? paid : now) + cost);
        return until - now;
    }

    private final class PacedContent extends FilterInputStream {

        PacedContent(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, Math.min(length, MOST_AT_ONCE));
            if (read > 0) {
                await(nanosFor(read));
            }
            return read;
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        private void await(long nanos) throws InterruptedIOException {
            try {
                TimeUnit.NANOSECONDS.sleep(nanos);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while it waited");
            }
        }
    }
}
