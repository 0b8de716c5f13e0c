package io.graphqlfiles.testkit;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until a test moves it. Mutable and thread-safe; never blocks. */
public final class MovableClock extends Clock {

    private final AtomicReference<Instant> now;
    private final ZoneId zone;

    private MovableClock(AtomicReference<Instant> now, ZoneId zone) {
        this.now = now;
        this.zone = zone;
    }

    /** A clock in UTC that stands at the given moment. */
    public static MovableClock at(Instant now) {
        return new MovableClock(new AtomicReference<>(requireNonNull(now, "now")), ZoneOffset.UTC);
    }

    /** A clock in UTC that stands at the given moment, for example {@code 2030-01-31T10:00:00Z}. */
    public static MovableClock at(String now) {
        return at(Instant.parse(now));
    }

    /** Moves the clock on, or back if the duration is negative. */
    public void advance(Duration duration) {
        now.updateAndGet(instant -> instant.plus(duration));
    }

    /** Puts the clock at the given moment. */
    public void set(Instant instant) {
        now.set(requireNonNull(instant, "instant"));
    }

    @Override
    public Instant instant() {
        return requireNonNull(now.get());
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    /** The same clock shown in another zone: moving one moves the other. */
    @Override
    public MovableClock withZone(ZoneId zone) {
        return new MovableClock(now, requireNonNull(zone, "zone"));
    }

    @Override
    public String toString() {
        return "MovableClock[" + now + ", " + zone + "]";
    }
}
