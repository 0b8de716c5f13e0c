package io.graphqlfiles.internal.pair;

import io.graphqlfiles.spi.BlobStoreException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Remembers for a while that a store fails, so that not every read waits until it has failed again. Thread-safe. */
final class Outage {

    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);

    private static final long LENGTH = Duration.ofSeconds(10).toNanos();
    private static final long NONE = Long.MIN_VALUE;

    private final LongSupplier nanoTime;
    private final AtomicLong begun = new AtomicLong(NONE);

    Outage(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    void begin(Object store, BlobStoreException failure) {
        LOG.warn("{} fails; for the next seconds its mirror is read", store, failure);
        long now = nanoTime.getAsLong();
        begun.set(now == NONE ? now + 1 : now);
    }

    boolean isOn() {
        long since = begun.get();
        if (since == NONE) {
            return false;
        }
        if (nanoTime.getAsLong() - since < LENGTH) {
            return true;
        }
        begun.compareAndSet(since, NONE);
        return false;
    }
}
