package io.graphqlfiles.maintenance;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How {@link FileMaintenance#migrate} goes about it. Immutable. */
public final class MigrateOptions {

    private final int threads;
    private final long bytesPerSecond;
    private final boolean readsBack;
    private final boolean dryRun;
    private final @Nullable Consumer<MaintenanceProgress> progress;

    private MigrateOptions(Builder builder) {
        this.threads = builder.threads;
        this.bytesPerSecond = builder.bytesPerSecond;
        this.readsBack = builder.readsBack;
        this.dryRun = builder.dryRun;
        this.progress = builder.progress;
    }

    /** Starts with the defaults. */
    public static Builder newMigrateOptions() {
        return new Builder();
    }

    /** How many files are copied at once. */
    public int threads() {
        return threads;
    }

    /** How many bytes a second are copied at most, by all threads together; 0 for no limit. */
    public long bytesPerSecond() {
        return bytesPerSecond;
    }

    /** Whether copies are read again where their store keeps no checksum. */
    public boolean readsBack() {
        return readsBack;
    }

    /** Whether it only counts what it would copy. */
    public boolean isDryRun() {
        return dryRun;
    }

    /** Who is told how far it is; null for nobody. */
    public @Nullable Consumer<MaintenanceProgress> progress() {
        return progress;
    }

    /** Builds {@link MigrateOptions}. Not thread-safe. */
    public static final class Builder {

        private int threads = 8;
        private long bytesPerSecond;
        private boolean readsBack = true;
        private boolean dryRun;
        private @Nullable Consumer<MaintenanceProgress> progress;

        private Builder() {}

        /**
         * How many files are copied at once. Default 8.
         *
         * @throws IllegalArgumentException if it is not 1 to 64
         */
        public Builder threads(int threads) {
            if (threads < 1 || threads > 64) {
                throw new IllegalArgumentException("threads: expected 1 to 64, found " + threads);
            }
            this.threads = threads;
            return this;
        }

        /**
         * How many bytes a second are copied at most, by all threads together. Default: no limit.
         *
         * @param bytesPerSecond 1000 or more; 0 for no limit
         * @throws IllegalArgumentException if it is anything else
         */
        public Builder bytesPerSecond(long bytesPerSecond) {
            if (bytesPerSecond != 0 && bytesPerSecond < 1000) {
                throw new IllegalArgumentException(
                        "bytesPerSecond: expected 0, or 1000 or more, found " + bytesPerSecond);
            }
            this.bytesPerSecond = bytesPerSecond;
            return this;
        }

        /**
         * Whether a copy is read again, and compared with what was copied, where its store keeps no CRC-32C to compare
         * with, as buckets of S3 do not. Default true. Without it such a copy is compared by its length only.
         */
        public Builder readsBack(boolean readsBack) {
            this.readsBack = readsBack;
            return this;
        }

        /** Whether only to count what would be copied. Default false. */
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
        public MigrateOptions build() {
            return new MigrateOptions(this);
        }
    }
}
