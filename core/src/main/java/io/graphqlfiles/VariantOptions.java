package io.graphqlfiles;

import static java.util.Objects.requireNonNull;

import io.graphqlfiles.internal.value.Durations;
import java.time.Duration;

/** How variants are made. Immutable. */
public final class VariantOptions {

    private final int atOnce;
    private final int waiting;
    private final Duration timeLimit;
    private final ByteSize maxSize;
    private final Duration failureMemory;
    private final boolean eager;

    private VariantOptions(Builder builder) {
        this.atOnce = builder.atOnce;
        this.waiting = builder.waiting;
        this.timeLimit = builder.timeLimit;
        this.maxSize = builder.maxSize;
        this.failureMemory = builder.failureMemory;
        this.eager = builder.eager;
    }

    /** Starts with the defaults. */
    public static Builder newVariantOptions() {
        return new Builder();
    }

    /** How many are made at once. */
    public int atOnce() {
        return atOnce;
    }

    /** How many may wait to be made. */
    public int waiting() {
        return waiting;
    }

    /** How long one may take. */
    public Duration timeLimit() {
        return timeLimit;
    }

    /** The largest variant, inclusive. */
    public ByteSize maxSize() {
        return maxSize;
    }

    /** For how long it is remembered that one cannot be made. */
    public Duration failureMemory() {
        return failureMemory;
    }

    /** Whether they are made after the upload. */
    public boolean isEager() {
        return eager;
    }

    /** Builds {@link VariantOptions}. Not thread-safe. */
    public static final class Builder {

        private int atOnce = Math.max(1, Runtime.getRuntime().availableProcessors());
        private int waiting = 1000;
        private Duration timeLimit = Duration.ofSeconds(30);
        private ByteSize maxSize = ByteSize.megabytes(20);
        private Duration failureMemory = Duration.ofMinutes(10);
        private boolean eager;

        private Builder() {}

        /**
         * How many variants are made at once, in threads of the library's own, on each node: what bounds memory and
         * processors that are taken for them. Default: as many as there are processors.
         *
         * @throws IllegalArgumentException if it is not 1 to 64
         */
        public Builder atOnce(int atOnce) {
            if (atOnce < 1 || atOnce > 64) {
                throw new IllegalArgumentException("atOnce: expected 1 to 64, found " + atOnce);
            }
            this.atOnce = atOnce;
            return this;
        }

        /**
         * How many variants may wait until one of these threads is free; a request for one more is answered with status
         * 503 and when to ask again. Default 1000.
         *
         * @throws IllegalArgumentException if it is below 1
         */
        public Builder waiting(int waiting) {
            if (waiting < 1) {
                throw new IllegalArgumentException("waiting: expected 1 or more, found " + waiting);
            }
            this.waiting = waiting;
            return this;
        }

        /**
         * How long the making of one may take. Default 30 seconds.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder timeLimit(Duration timeLimit) {
            this.timeLimit = Durations.requirePositive("timeLimit", timeLimit);
            return this;
        }

        /** The largest variant, inclusive; a larger one is not stored. Default 20 MB. */
        public Builder maxSize(ByteSize maxSize) {
            this.maxSize = requireNonNull(maxSize, "maxSize");
            return this;
        }

        /**
         * For how long a node remembers that a variant cannot be made, for at most 10,000 of them. Default 10 minutes.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder failureMemory(Duration failureMemory) {
            this.failureMemory = Durations.requireNotNegative("failureMemory", failureMemory);
            return this;
        }

        /**
         * Whether the variants of a file are made as soon as it is stored, next to the request, so that they are there
         * when they are first asked for. What finds no room is made when it is asked for. Default false.
         */
        public Builder eager(boolean eager) {
            this.eager = eager;
            return this;
        }

        /** The options as set. */
        public VariantOptions build() {
            return new VariantOptions(this);
        }
    }
}
