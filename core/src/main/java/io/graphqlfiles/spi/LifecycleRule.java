package io.graphqlfiles.spi;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * What a service removes by itself.
 *
 * @param prefix of the keys that it is about, any text; empty for all
 * @param expireAfterDays age at which blobs are deleted; null if they are not
 * @param abortAfterDays age at which unfinished uploads in parts are removed; null if they are not
 */
public record LifecycleRule(
        String prefix,
        @Nullable Integer expireAfterDays,
        @Nullable Integer abortAfterDays) {

    public LifecycleRule {
        requireNonNull(prefix, "prefix");
    }
}
