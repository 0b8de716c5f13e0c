package io.graphqlfiles.spi;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * What a service removes by itself.
 *
 * @param prefix of the keys that it is about, any text; empty for all
 * @param expireAfterDays age at which blobs are deleted; null if they are not
 * @param abortAfterDays age at which unfinished uploads in parts are removed; null if they are not
 * @param conditional whether it is about some of these only, chosen by anything but key and age
 */
public record LifecycleRule(
        String prefix,
        @Nullable Integer expireAfterDays,
        @Nullable Integer abortAfterDays,
        boolean conditional) {

    public LifecycleRule {
        requireNonNull(prefix, "prefix");
    }

    /**
     * The rule as seen by a store that keeps its blobs below a prefix of its own.
     *
     * @param keyPrefix what the service's names of all its blobs begin with; empty if nothing
     * @return the same rule with the prefix that keys have; null if it is about other blobs
     */
    public @Nullable LifecycleRule below(String keyPrefix) {
        if (prefix.startsWith(keyPrefix)) {
            return new LifecycleRule(
                    prefix.substring(keyPrefix.length()), expireAfterDays, abortAfterDays, conditional);
        }
        return keyPrefix.startsWith(prefix)
                ? new LifecycleRule("", expireAfterDays, abortAfterDays, conditional)
                : null;
    }
}
