package io.graphqlfiles.spi;

import static java.util.Objects.requireNonNull;

/**
 * Names a blob among all stores of an application.
 *
 * @param store name of the store, as the application gave it; up to 32 characters of ASCII
 * @param key the store's name for the blob, as {@link BlobKeys} allows it; up to 324 characters of ASCII
 */
public record BlobReference(String store, String key) {

    public BlobReference {
        requireNonNull(store, "store");
        requireNonNull(key, "key");
    }

    @Override
    public String toString() {
        return store + ":" + key;
    }
}
