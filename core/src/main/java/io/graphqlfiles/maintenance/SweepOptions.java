package io.graphqlfiles.maintenance;

import io.graphqlfiles.internal.value.Durations;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How {@link FileMaintenance#sweep(SweepOptions)} goes about it. Immutable. */
public final class SweepOptions {

    private final int batchSize;
    private final Duration pause;
    private final @Nullable Consumer<MaintenanceProgress> progress;
    private final boolean dryRun;

    private SweepOptions(Builder builder) {
        this.batchSize = builder.batchSize;
        this.pause = builder.pause;
        this.progress = builder.progress;
        this.dryRun = builder.dryRun;
    }

    /** Starts with the defaults. */
    public static Builder newSweepOptions() {
        return new Builder();
    }

    /** How many rows or blobs are worked on at a time. */
    public int batchSize() {
        return batchSize;
    }

    /** How long it rests after each batch. */
    public Duration pause() {
        return pause;
    }

    /** Whether it only counts what it would do. */
    public boolean isDryRun() {
        return dryRun;
    }

    /** Who is told how far it is; null for nobody. */
    public @Nullable Consumer<MaintenanceProgress> progress() {
        return progress;
    }

    /** Builds {@link SweepOptions}. Not thread-safe. */
    public static final class Builder {

        private int batchSize = 1000;
        private Duration pause = Duration.ZERO;
        private boolean dryRun;

        private @Nullable Consumer<MaintenanceProgress> progress;

        private Builder() {}

        /**
         * How many rows or blobs are worked on at a time. Default 1000.
         *
         * @throws IllegalArgumentException if it is not 1 to 1000
         */
        public Builder batchSize(int batchSize) {
            if (batchSize < 1 || batchSize > 1000) {
                throw new IllegalArgumentException("batchSize: expected 1 to 1000, found " + batchSize);
            }
            this.batchSize = batchSize;
            return this;
        }

        /**
         * How long to rest after each batch: with a batch size of 100 and a pause of a second it deletes at most 100
         * blobs a second. Default: not at all.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder pause(Duration pause) {
            this.pause = Durations.requireNotNegative("pause", pause);
            return this;
        }

        /** Whether only to count what would be done. Default false. */
        public Builder dryRun(boolean dryRun) {
            this.dryRun = dryRun;
            return this;
        }

        /**
         * Who is told how far it is; what it throws ends the call. Default: nobody.
         *
         * @param progress null for nobody
         */
        public Builder progress(@Nullable Consumer<MaintenanceProgress> progress) {
            this.progress = progress;
            return this;
        }

        /** The options as set. */
        public SweepOptions build() {
            return new SweepOptions(this);
        }
    }
}
