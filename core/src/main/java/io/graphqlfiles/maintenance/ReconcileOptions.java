package io.graphqlfiles.maintenance;

import io.graphqlfiles.internal.value.Durations;
import java.time.Duration;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How {@link FileMaintenance#reconcile} goes about it. Immutable. */
public final class ReconcileOptions {

    private final Duration orphanGrace;
    private final boolean deletesOrphans;
    private final Duration pause;
    private final @Nullable Consumer<MaintenanceProgress> progress;
    private final @Nullable BiFunction<String, Set<String>, Set<String>> existingOwners;

    private ReconcileOptions(Builder builder) {
        this.orphanGrace = builder.orphanGrace;
        this.deletesOrphans = builder.deletesOrphans;
        this.pause = builder.pause;
        this.progress = builder.progress;
        this.existingOwners = builder.existingOwners;
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

    /** Returns which records there are; null if nobody is asked. */
    public @Nullable BiFunction<String, Set<String>, Set<String>> existingOwners() {
        return existingOwners;
    }

    /** Who is told how far it is; null for nobody. */
    public @Nullable Consumer<MaintenanceProgress> progress() {
        return progress;
    }

    /** Builds {@link ReconcileOptions}. Not thread-safe. */
    public static final class Builder {

        private Duration orphanGrace = Duration.ofDays(1);
        private boolean deletesOrphans;
        private Duration pause = Duration.ZERO;
        private @Nullable BiFunction<String, Set<String>, Set<String>> existingOwners;

        private @Nullable Consumer<MaintenanceProgress> progress;

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
         * Looks for files of records that are gone: deleted by ways that the library does not see, such as a cascade in
         * the database, or while a file was being attached to them. Default: nobody is asked.
         *
         * @param existingOwners given the name of a type and up to 1,000 owner ids, says which of them there are; must
         *     see all that is committed, so is not to ask a replica that may lag; of a type that it does not know, it
         *     gives back all ids
         */
        public Builder existingOwners(@Nullable BiFunction<String, Set<String>, Set<String>> existingOwners) {
            this.existingOwners = existingOwners;
            return this;
        }

        /**
         * Whether orphans are deleted, and files of records that are gone discarded, for the sweep to delete. Only for
         * stores that this application and this database have for themselves: the attached files of another one are
         * orphans to this one. Default false.
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
        public ReconcileOptions build() {
            return new ReconcileOptions(this);
        }
    }
}
