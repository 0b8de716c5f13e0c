package io.graphqlfiles.spi;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says how a store's bucket should be set up, and what its lifecycle rules are. A {@link BlobStore} implements this too
 * when it stands on a service that is configured elsewhere; {@link io.graphqlfiles.maintenance.FileStoreDoctor} asks
 * it. Not needed to keep files.
 *
 * <p>Experimental: may change before 1.0.
 */
public interface BucketSetup {

    /**
     * The smallest configuration with which the store can be used so: what the application may do, who may read by URL,
     * whose scripts may send and read, and what the service removes on its own. No I/O.
     *
     * @return texts for the service's own tools, in the order in which they are best applied; what the use does not
     *     need is left out
     */
    List<Text> setupTexts(Use use);

    /**
     * Reads the lifecycle rules that the bucket has now. Blocks.
     *
     * @return those in force for the keys of this store; empty if there are none
     * @throws BlobStoreException if the service does not say: it has no lifecycle rules, or the store's credentials may
     *     not read them
     */
    List<LifecycleRule> lifecycleRules();

    /**
     * What of the process that the store runs in makes it use the service otherwise than its environment says, such as
     * credentials that cannot be used. No I/O.
     *
     * @return what is wrong and what to do about it, in sentences; empty if nothing is, which is the default
     */
    default List<String> problems() {
        return List.of();
    }

    /**
     * A piece of configuration for a service's own tools.
     *
     * @param purpose what it is for, in a few words
     * @param command what it is applied with, the text being in the file that the command names; empty if the text
     *     itself is commands
     * @param text ready to use but for names in capitals, without a line break at its end; no secrets
     */
    record Text(String purpose, String command, String text) {

        public Text {
            requireNonNull(purpose, "purpose");
            requireNonNull(command, "command");
            requireNonNull(text, "text");
        }
    }

    /**
     * What the fields of an application need of a bucket.
     *
     * @param publicBlobs whether some blobs, those below {@code public/}, are read by everyone
     * @param directUploads whether clients send blobs straight to the store, below {@code staged/}
     * @param allowedOrigins origins whose scripts do so and read, such as {@code https://shop.example.com}; {@code *}
     *     for all; copied
     * @param leftoverDays after how many days nobody can claim what clients have sent, so that it may be removed; 1 or
     *     more
     */
    record Use(boolean publicBlobs, boolean directUploads, List<String> allowedOrigins, int leftoverDays) {

        /** @throws IllegalArgumentException if the days are below 1 */
        public Use {
            allowedOrigins = List.copyOf(allowedOrigins);
            if (leftoverDays < 1) {
                throw new IllegalArgumentException("leftoverDays: expected 1 or more, found " + leftoverDays);
            }
        }
    }

    /**
     * What a service removes on its own.
     *
     * @param prefix of the keys that it is about, any text; empty for all
     * @param expireAfterDays age at which blobs are deleted; null if they are not
     * @param abortAfterDays age at which unfinished uploads in parts are removed; null if they are not
     * @param conditional whether it is about some of these only, chosen by anything but key and age
     */
    record LifecycleRule(
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
}
