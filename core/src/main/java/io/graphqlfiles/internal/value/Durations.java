package io.graphqlfiles.internal.value;

import java.time.Duration;

/** Checks of durations that the application sets. */
public final class Durations {

    private Durations() {}

    /**
     * The duration, if it is more than zero.
     *
     * @throws IllegalArgumentException if it is zero or negative
     */
    public static Duration requirePositive(String name, Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException(name + ": expected more than zero, found " + duration);
        }
        return duration;
    }

    /**
     * The duration, if it is zero or more.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public static Duration requireNotNegative(String name, Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException(name + ": expected zero or more, found " + duration);
        }
        return duration;
    }
}
