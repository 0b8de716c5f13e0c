package io.graphqlfiles.internal.body;

import io.graphqlfiles.ByteSize;
import io.graphqlfiles.internal.io.BulkInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request, whose client must keep pace: each byte pays for a moment of waiting, and what is paid ahead is
 * kept up to {@link #CREDIT_SECONDS}. Only waiting for the client counts, not what its bytes are used for meanwhile. A
 * read that waits is not interrupted; servers have time limits of their own for that.
 */
public final class PacedStream extends BulkInputStream {

    /** Mobile phones pass through tunnels. */
    static final long CREDIT_SECONDS = 30;

    private static final long CREDIT = TimeUnit.SECONDS.toNanos(CREDIT_SECONDS);

    private final InputStream in;
    private final LongSupplier nanoClock;
    private final ByteSize bytesPerSecond;
    /** Of waiting that is paid for; nanoseconds. */
    private long credit = CREDIT;

    private long deadline;
    private @Nullable Duration time;

    /**
     * Reads nothing yet.
     *
     * @param in stays open
     * @param bytesPerSecond zero if the client may be as slow as it likes
     */
    public PacedStream(InputStream in, ByteSize bytesPerSecond, LongSupplier nanoClock) {
        this.in = in;
        this.bytesPerSecond = bytesPerSecond;
        this.nanoClock = nanoClock;
    }

    /** From now on reads must have ended in that time. */
    public void endWithin(Duration time) {
        this.time = time;
        deadline = nanoClock.getAsLong() + time.toNanos();
    }

    /** From now on the whole may take as long as the pace permits. */
    public void endWhenever() {
        time = null;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        long start = nanoClock.getAsLong();
        int n = in.read(target, offset, length);
        long end = nanoClock.getAsLong();
        if (n >= 0) {
            pay(n, end - start);
            if (time != null && end - deadline > 0) {
                throw new SlowClientException("Expected \"operations\" and \"map\" within " + time.toSeconds()
                        + " seconds, found that they take longer");
            }
        }
        return n;
    }

    private void pay(int bytes, long waited) throws SlowClientException {
        long rate = bytesPerSecond.bytes();
        if (rate == 0) {
            return;
        }
        // No multiplication overflows: arrays have less than 2^31 bytes.
        long earned = bytes > rate * CREDIT_SECONDS ? CREDIT : bytes * TimeUnit.SECONDS.toNanos(1) / rate;
        credit = Math.min(CREDIT, credit - waited + earned);
        if (credit < 0) {
            throw new SlowClientException(
                    "Expected the body at " + bytesPerSecond + " a second or more, found that it comes more slowly");
        }
    }

    @Override
    public int available() throws IOException {
        return in.available();
    }
}
