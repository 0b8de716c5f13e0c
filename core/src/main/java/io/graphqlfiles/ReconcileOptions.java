package io.graphqlfiles;

import java.time.Duration;

/** How {@link GraphQLFiles#reconcile} goes about it. Immutable. */
public final class ReconcileOptions {

    private final Duration orphanGrace;
    private final boolean deletesOrphans;
    private final Duration pause;

    private ReconcileOptions(Builder builder) {
        this.orphanGrace = builder.orphanGrace;
        this.deletesOrphans = builder.deletesOrphans;
        this.pause = builder.pause;
    }

    /** Starts with the defaults. */
    public static Builder newReconcileOptions() {
        return new Builder();
    }

    /** How old a blob without a row must be to count as an orphan. */
    public Duration orphanGrace() {
        return orphanGrace;
    }

    /** Whether orphans are deleted. */
    public boolean deletesOrphans() {
        return deletesOrphans;
    }

    /** How long it rests after each page. */
    public Duration pause() {
        return pause;
    }

    /** Builds {@link ReconcileOptions}. Not thread-safe. */
    public static final class Builder {

        private Duration orphanGrace = Duration.ofDays(1);
        private boolean deletesOrphans;
        private Duration pause = Duration.ZERO;

        private Builder() {}

        /**
         * How old a blob without a row must be to count as an orphan, by the clock of its store. Default 1 day.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder orphanGrace(Duration orphanGrace) {
            this.orphanGrace = Durations.requireNotNegative("orphanGrace", orphanGrace);
            return this;
        }

        /**
         * Whether orphans are deleted. Only for stores that this application and this database have for themselves: the
         * attached files of another one are orphans to this one. Default false.
         */
        public Builder deletesOrphans(boolean deletesOrphans) {
            this.deletesOrphans = deletesOrphans;
            return this;
        }

        /**
         * How long to rest after each page of a thousand. Default: not at all.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder pause(Duration pause) {
            this.pause = Durations.requireNotNegative("pause", pause);
            return this;
        }

        /** The options as set. */
        public ReconcileOptions build() {
            return new ReconcileOptions(this);
        }
    }
}
