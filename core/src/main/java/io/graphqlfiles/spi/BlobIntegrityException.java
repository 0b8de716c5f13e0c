package io.graphqlfiles.spi;

import org.jspecify.annotations.Nullable;

/** The bytes are not the ones that were announced: another length, or another version than the one seen. */
public final class BlobIntegrityException extends BlobStoreException {

    private static final long serialVersionUID = 1;

    /** See {@link BlobStoreException}; repeating the call does not help. */
    public BlobIntegrityException(
            String store, String operation, String key, String detail, @Nullable Throwable cause) {
        super(store, operation, key, false, detail, cause);
    }
}
