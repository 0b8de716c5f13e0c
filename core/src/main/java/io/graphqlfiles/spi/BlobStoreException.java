package io.graphqlfiles.spi;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A store could not do what was asked. For the operator: the message names store, operation and key, and the cause is
 * the vendor's exception. It never holds a signed URL, a token or a credential, and clients of the API never see it.
 */
public class BlobStoreException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String store;
    private final String operation;
    private final @Nullable String key;
    private final boolean retryable;

    /**
     * Describes the failure.
     *
     * @param store what the store stands on, for example {@code file system} or {@code s3 bucket pictures}
     * @param operation the method of {@link BlobStore} or {@link DirectAccess} that failed
     * @param key the key, or null if the operation has none or several
     * @param retryable whether the same call may succeed later without anyone's doing
     * @param detail what was expected and what was found, in one line
     * @param cause the vendor's exception, or null if the store itself noticed
     */
    public BlobStoreException(
            String store,
            String operation,
            @Nullable String key,
            boolean retryable,
            String detail,
            @Nullable Throwable cause) {
        super(store + ": " + operation + (key == null ? "" : " of " + key) + ": " + detail, cause);
        this.store = requireNonNull(store, "store");
        this.operation = requireNonNull(operation, "operation");
        this.key = key;
        this.retryable = retryable;
    }

    /** What the store stands on. */
    public String store() {
        return store;
    }

    /** The operation that failed. */
    public String operation() {
        return operation;
    }

    /** The key; null if the operation has none or several. */
    public @Nullable String key() {
        return key;
    }

    /** Whether the same call may succeed later without anyone's doing. */
    public boolean isRetryable() {
        return retryable;
    }
}
