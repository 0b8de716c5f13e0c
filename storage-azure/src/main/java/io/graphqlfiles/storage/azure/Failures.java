package io.graphqlfiles.storage.azure;

import com.azure.core.exception.HttpResponseException;
import com.azure.storage.blob.models.BlobStorageException;
import io.graphqlfiles.internal.buffer.UploadFailures;
import io.graphqlfiles.spi.BlobAlreadyExistsException;
import io.graphqlfiles.spi.BlobIntegrityException;
import io.graphqlfiles.spi.BlobNotFoundException;
import io.graphqlfiles.spi.BlobStoreException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says in the store's terms what Blob Storage answered. The client has made all its own attempts by then.
 *
 * @see <a href="https://learn.microsoft.com/rest/api/storageservices/blob-service-error-codes">Blob service error
 *     codes</a>
 * @see <a href="https://learn.microsoft.com/rest/api/storageservices/common-rest-api-error-codes">Common error
 *     codes</a>
 */
final class Failures {

    /** What an answer means. */
    enum Kind {
        NOT_FOUND,
        TAKEN,
        NOT_AS_PROMISED,
        RETRYABLE,
        OTHER
    }

    /**
     * @param status of the answer; 0 for no answer
     * @param code error code; null for any
     */
    record Row(int status, @Nullable String code, Kind kind) {}

    /** The first row that fits counts; what fits none is {@link Kind#OTHER}. */
    static final List<Row> TABLE = List.of(
            new Row(0, null, Kind.RETRYABLE),
            new Row(400, "InvalidBlockList", Kind.NOT_AS_PROMISED),
            new Row(400, "Md5Mismatch", Kind.RETRYABLE), // something on the way has altered it
            new Row(404, "ContainerNotFound", Kind.OTHER),
            new Row(404, null, Kind.NOT_FOUND),
            new Row(408, null, Kind.RETRYABLE),
            new Row(409, "BlobAlreadyExists", Kind.TAKEN),
            new Row(409, "ContainerBeingDeleted", Kind.RETRYABLE),
            new Row(412, null, Kind.TAKEN),
            new Row(429, null, Kind.RETRYABLE),
            new Row(500, null, Kind.RETRYABLE),
            new Row(502, null, Kind.RETRYABLE),
            new Row(503, null, Kind.RETRYABLE),
            new Row(504, null, Kind.RETRYABLE));

    /** What begins with nothing cannot miss a blob: here a 404 says that there is no such container. */
    private static final Set<String> CREATING = Set.of("put", "beginParts", "list", "removeUnfinishedWrites");

    private final String store;

    Failures(String container) {
        this.store = "azure container " + container;
    }

    String store() {
        return store;
    }

    BlobStoreException of(String operation, @Nullable String key, Exception cause) {
        int status = status(cause);
        String code = code(cause);
        String detail = status == 0
                ? "the service gave no answer that could be used"
                : "the service answered " + status + (code == null ? "" : " " + code);
        Kind kind = kind(status, code);
        if (key != null && kind == Kind.TAKEN) {
            return taken(operation, key, cause);
        }
        if (key != null && kind == Kind.NOT_FOUND && !CREATING.contains(operation)) {
            return notFound(operation, key, cause);
        }
        if (key != null && kind == Kind.NOT_AS_PROMISED) {
            return new BlobIntegrityException(store, operation, key, detail, cause);
        }
        return new BlobStoreException(store, operation, key, kind == Kind.RETRYABLE, detail, cause);
    }

    BlobAlreadyExistsException taken(String operation, String key, @Nullable Throwable cause) {
        return new BlobAlreadyExistsException(store, operation, key, "expected a free key, found a blob", cause);
    }

    BlobNotFoundException notFound(String operation, String key, @Nullable Throwable cause) {
        return new BlobNotFoundException(store, operation, key, "there is no such blob", cause);
    }

    BlobNotFoundException notInProgress(String operation, String key, @Nullable Throwable cause) {
        return new BlobNotFoundException(store, operation, key, "the upload is not in progress", cause);
    }

    BlobIntegrityException notAsPromised(
            String operation, String key, String expected, String found, @Nullable Throwable cause) {
        return new BlobIntegrityException(store, operation, key, "expected " + expected + ", found " + found, cause);
    }

    /** A listing that says that there is more, and leads back to where it was. */
    BlobStoreException endless(String operation) {
        return new BlobStoreException(
                store,
                operation,
                null,
                false,
                "expected a listing that goes on or ends, found a place it was at before",
                null);
    }

    /**
     * What an answer tells of a blob.
     *
     * @param value as the client gives it, who knows of nothing that must be there
     * @throws BlobStoreException if it is null
     */
    <T> T described(String operation, @Nullable String key, String name, @Nullable T value) {
        if (value == null) {
            throw new BlobStoreException(
                    store, operation, key, false, "expected " + name + " in the answer, found none", null);
        }
        return value;
    }

    /** Of several failures the first is thrown, with the others suppressed. */
    static BlobStoreException first(@Nullable BlobStoreException first, BlobStoreException next) {
        if (first == null) {
            return next;
        }
        first.addSuppressed(next);
        return first;
    }

    /** What may go wrong with the content of an upload. */
    UploadFailures ofUpload(String operation, String key) {
        return new UploadFailures() {
            @Override
            public BlobStoreException notAsPromised(String expected, String found) {
                return Failures.this.notAsPromised(operation, key, expected, found, null);
            }

            @Override
            public BlobStoreException other(boolean retryable, String detail, @Nullable Throwable cause) {
                return new BlobStoreException(store, operation, key, retryable, detail, cause);
            }
        };
    }

    static Kind kind(Exception failure) {
        return kind(status(failure), code(failure));
    }

    private static Kind kind(int status, @Nullable String code) {
        return TABLE.stream()
                .filter(row -> row.status == status && (row.code == null || row.code.equals(code)))
                .map(Row::kind)
                .findFirst()
                .orElse(Kind.OTHER);
    }

    /** 0 for no answer. */
    static int status(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpResponseException e && e.getResponse() != null) {
                return e.getResponse().getStatusCode();
            }
        }
        return 0;
    }

    private static @Nullable String code(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BlobStorageException e && e.getErrorCode() != null) {
                return e.getErrorCode().toString();
            }
        }
        return null;
    }
}
