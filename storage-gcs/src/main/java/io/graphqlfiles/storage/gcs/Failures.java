package io.graphqlfiles.storage.gcs;

import com.google.api.client.http.HttpResponseException;
import com.google.cloud.storage.StorageException;
import io.graphqlfiles.internal.buffer.UploadFailures;
import io.graphqlfiles.spi.BlobAlreadyExistsException;
import io.graphqlfiles.spi.BlobIntegrityException;
import io.graphqlfiles.spi.BlobNotFoundException;
import io.graphqlfiles.spi.BlobStoreException;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says in the store's terms what Cloud Storage answered. The client has made all its own attempts by then.
 *
 * @see <a href="https://cloud.google.com/storage/docs/json_api/v1/status-codes">Status codes of the JSON API</a>
 * @see <a href="https://cloud.google.com/storage/docs/xml-api/reference-status">Status codes of the XML API</a>
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
     * @param reason reason of the JSON API, or code of the XML API; null for any
     */
    record Row(int status, @Nullable String reason, Kind kind) {}

    /** The first row that fits counts; what fits none is {@link Kind#OTHER}. */
    static final List<Row> TABLE = List.of(
            new Row(0, null, Kind.RETRYABLE),
            new Row(400, "InvalidPart", Kind.NOT_AS_PROMISED),
            new Row(400, "InvalidPartOrder", Kind.NOT_AS_PROMISED),
            new Row(403, "rateLimitExceeded", Kind.RETRYABLE),
            new Row(403, "userRateLimitExceeded", Kind.RETRYABLE),
            new Row(404, null, Kind.NOT_FOUND),
            new Row(408, null, Kind.RETRYABLE),
            new Row(410, null, Kind.RETRYABLE), // an upload session that has ended too soon: begin again
            new Row(412, null, Kind.TAKEN),
            new Row(429, null, Kind.RETRYABLE),
            new Row(500, null, Kind.RETRYABLE),
            new Row(502, null, Kind.RETRYABLE),
            new Row(503, null, Kind.RETRYABLE),
            new Row(504, null, Kind.RETRYABLE));

    /** What begins with nothing cannot miss a blob: here a 404 says that there is no such bucket. */
    private static final Set<String> CREATING = Set.of("put", "beginParts", "list", "removeUnfinishedWrites");

    private static final Pattern XML_CODE = Pattern.compile("<Code>([A-Za-z]{1,64})</Code>");

    private final String store;

    Failures(String bucket) {
        this.store = "gcs bucket " + bucket;
    }

    String store() {
        return store;
    }

    BlobStoreException of(String operation, @Nullable String key, Exception cause) {
        int status = status(cause);
        String reason = reason(cause);
        String detail = status == 0
                ? "the service gave no answer that could be used"
                : "the service answered " + status + (reason == null ? "" : " " + reason);
        Kind kind = kind(status, reason);
        if (key != null && kind == Kind.TAKEN) {
            return new BlobAlreadyExistsException(store, operation, key, "expected a free key, found a blob", cause);
        }
        if (key != null && kind == Kind.NOT_FOUND && !CREATING.contains(operation)) {
            return notFound(operation, key, cause);
        }
        if (key != null && kind == Kind.NOT_AS_PROMISED) {
            return new BlobIntegrityException(store, operation, key, detail, cause);
        }
        return new BlobStoreException(store, operation, key, kind == Kind.RETRYABLE, detail, cause);
    }

    BlobNotFoundException notFound(String operation, String key, @Nullable Throwable cause) {
        return new BlobNotFoundException(store, operation, key, "there is no such blob", cause);
    }

    BlobIntegrityException notAsPromised(
            String operation, String key, String expected, String found, @Nullable Throwable cause) {
        return new BlobIntegrityException(store, operation, key, "expected " + expected + ", found " + found, cause);
    }

    /** A listing that says that there is more and does not lead there, or leads back to where it was. */
    BlobStoreException endless(String operation, @Nullable String key) {
        return new BlobStoreException(
                store,
                operation,
                key,
                false,
                "expected a listing that goes on or ends, found a place to go on from that is missing or was there before",
                null);
    }

    /**
     * What an answer says of an object.
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

    /** Whether the very request may succeed if it is sent again; of a session that has ended too soon none does. */
    static boolean isRepeatable(StorageException failure) {
        return kind(failure) == Kind.RETRYABLE
                && status(failure) != 410
                && !(failure.getCause() instanceof ResumableSession.OutOfStepException);
    }

    /** Whether no answer came at all. */
    static boolean isSilence(Exception failure) {
        return status(failure) == 0;
    }

    static Kind kind(Exception failure) {
        return kind(status(failure), reason(failure));
    }

    private static Kind kind(int status, @Nullable String reason) {
        return TABLE.stream()
                .filter(row -> row.status == status && (row.reason == null || row.reason.equals(reason)))
                .map(Row::kind)
                .findFirst()
                .orElse(Kind.OTHER);
    }

    /** The client wraps its exceptions, in its channels in {@code IOException}s too; the innermost knows best. */
    private static int status(Exception failure) {
        int status = 0;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StorageException e && e.getCode() > 0) {
                status = e.getCode();
            } else if (cause instanceof HttpResponseException e) {
                status = e.getStatusCode();
            }
        }
        return status;
    }

    private static @Nullable String reason(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StorageException e && e.getReason() != null) {
                return e.getReason();
            }
            if (cause instanceof HttpResponseException e && e.getContent() != null) {
                Matcher code = XML_CODE.matcher(e.getContent());
                if (code.find()) {
                    return code.group(1);
                }
            }
        }
        return null;
    }
}
