package io.graphqlfiles.spi;

import org.jspecify.annotations.Nullable;

/** The key is taken; stores create only and never replace. */
public final class BlobAlreadyExistsException extends BlobStoreException {

    private static final long serialVersionUID = 1;

    /** See {@link BlobStoreException}; repeating the call does not help. */
    public BlobAlreadyExistsException(
            String store, String operation, String key, String detail, @Nullable Throwable cause) {
        super(store, operation, key, false, detail, cause);
    }
}
