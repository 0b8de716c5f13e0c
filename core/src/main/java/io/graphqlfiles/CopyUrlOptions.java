package io.graphqlfiles;

import io.graphqlfiles.internal.value.Durations;
import java.time.Duration;
import java.util.List;

/** How {@code copyURL} fetches. Immutable. By default only from public addresses, on ports 80 and 443. */
public final class CopyUrlOptions {

    private final List<String> allowedNetworks;
    private final int maxRedirects;
    private final Duration connectTimeout;
    private final Duration totalTimeout;
    private final int maxConcurrentRequests;

    private CopyUrlOptions(Builder builder) {
        this.allowedNetworks = builder.allowedNetworks;
        this.maxRedirects = builder.maxRedirects;
        this.connectTimeout = builder.connectTimeout;
        this.totalTimeout = builder.totalTimeout;
        this.maxConcurrentRequests = builder.maxConcurrentRequests;
    }

    /** The defaults, to be changed. */
    public static Builder newCopyUrlOptions() {
        return new Builder();
    }

    /** Networks in addition to the public ones, in CIDR notation. */
    public List<String> allowedNetworks() {
        return allowedNetworks;
    }

    /** How many redirects are followed. */
    public int maxRedirects() {
        return maxRedirects;
    }

    /** How long looking a host up may take, and connecting to one address. */
    public Duration connectTimeout() {
        return connectTimeout;
    }

    /**
     * How long all fetches of one request may take together, from the first look-up to the last byte. The time runs
     * while at least one is in progress. At its end whatever is waited for is broken off.
     */
    public Duration totalTimeout() {
        return totalTimeout;
    }

    /**
     * How many requests may fetch at once, over the whole server. A request that comes when all places are taken is
     * refused at once with {@link FileErrorCode#FILE_SERVER_BUSY}: waiting would hold a thread, too.
     */
    public int maxConcurrentRequests() {
        return maxConcurrentRequests;
    }

    /** Builds {@link CopyUrlOptions}. Not thread-safe; usable again after {@link #build()}. */
    public static final class Builder {

        private List<String> allowedNetworks = List.of();
        private int maxRedirects = 3;
        private Duration connectTimeout = Duration.ofSeconds(5);
        private Duration totalTimeout = Duration.ofSeconds(60);
        private int maxConcurrentRequests = 32;

        private Builder() {}

        /**
         * Lets clients make this server fetch from these networks too, on any port: for intranets and tests. Whoever
         * can send a mutation can then read what answers there. Default: none.
         *
         * @param allowedNetworks in CIDR notation, for example {@code 10.1.0.0/16} or {@code fd00:1::/64}
         */
        public Builder allowedNetworks(List<String> allowedNetworks) {
            this.allowedNetworks = List.copyOf(allowedNetworks);
            return this;
        }

        /**
         * See {@link CopyUrlOptions#maxRedirects()}. Default 3.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder maxRedirects(int maxRedirects) {
            if (maxRedirects < 0) {
                throw new IllegalArgumentException("maxRedirects: expected 0 or more, found " + maxRedirects);
            }
            this.maxRedirects = maxRedirects;
            return this;
        }

        /**
         * See {@link CopyUrlOptions#connectTimeout()}. Default 5 seconds.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder connectTimeout(Duration connectTimeout) {
            this.connectTimeout = Durations.requirePositive("connectTimeout", connectTimeout);
            return this;
        }

        /**
         * See {@link CopyUrlOptions#totalTimeout()}. Default 60 seconds.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder totalTimeout(Duration totalTimeout) {
            this.totalTimeout = Durations.requirePositive("totalTimeout", totalTimeout);
            return this;
        }

        /**
         * See {@link CopyUrlOptions#maxConcurrentRequests()}. Default 32. Each fetch holds a thread of the server, for
         * {@link #totalTimeout} at most: stay well below the number of those.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder maxConcurrentRequests(int maxConcurrentRequests) {
            if (maxConcurrentRequests < 1) {
                throw new IllegalArgumentException(
                        "maxConcurrentRequests: expected 1 or more, found " + maxConcurrentRequests);
            }
            this.maxConcurrentRequests = maxConcurrentRequests;
            return this;
        }

        /** The options as set. */
        public CopyUrlOptions build() {
            return new CopyUrlOptions(this);
        }
    }
}
