package io.graphqlfiles;

import java.time.Duration;

/** Checks of durations that the application sets. */
final class Durations {

    private Durations() {}

    /** @throws IllegalArgumentException if it is zero or negative */
    static Duration requirePositive(String name, Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException(name + ": expected more than zero, found " + duration);
        }
        return duration;
    }

    /** @throws IllegalArgumentException if it is negative */
    static Duration requireNotNegative(String name, Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException(name + ": expected zero or more, found " + duration);
        }
        return duration;
    }
}
