package io.graphqlfiles.spi;

import org.jspecify.annotations.Nullable;

/** There is no blob with the key asked for. */
public final class BlobNotFoundException extends BlobStoreException {

    private static final long serialVersionUID = 1;

    /** See {@link BlobStoreException}; repeating the call does not help. */
    public BlobNotFoundException(String store, String operation, String key, String detail, @Nullable Throwable cause) {
        super(store, operation, key, false, detail, cause);
    }
}
