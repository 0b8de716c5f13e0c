package io.graphqlfiles.spi;

import static java.util.Objects.requireNonNull;

/**
 * Names a blob among all stores of an application.
 *
 * @param store name of the store, as the application gave it
 * @param key the store's name for the blob
 */
public record BlobReference(String store, String key) {

    public BlobReference {
        requireNonNull(store, "store");
        requireNonNull(key, "key");
    }
}
