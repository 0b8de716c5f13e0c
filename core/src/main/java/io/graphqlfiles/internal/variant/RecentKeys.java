package io.graphqlfiles.internal.variant;

import io.graphqlfiles.spi.BlobReference;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Blobs that something is known of for a while; the oldest make room for new ones. Thread-safe. */
final class RecentKeys {

    private static final int MOST = 10_000;

    private final Clock clock;
    private final Map<BlobReference, Instant> ends = new LinkedHashMap<>();

    RecentKeys(Clock clock) {
        this.clock = clock;
    }

    synchronized void add(BlobReference blob, Duration time) {
        ends.remove(blob);
        if (ends.size() >= MOST) {
            ends.remove(ends.keySet().iterator().next());
        }
        ends.put(blob, clock.instant().plus(time));
    }

    synchronized boolean contains(BlobReference blob) {
        Instant end = ends.get(blob);
        if (end == null) {
            return false;
        }
        if (clock.instant().isBefore(end)) {
            return true;
        }
        ends.remove(blob);
        return false;
    }

    synchronized void remove(BlobReference blob) {
        ends.remove(blob);
    }
}
