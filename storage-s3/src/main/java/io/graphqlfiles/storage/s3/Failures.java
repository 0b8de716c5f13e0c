package io.graphqlfiles.storage.s3;

import io.graphqlfiles.internal.buffer.UploadFailures;
import io.graphqlfiles.spi.BlobAlreadyExistsException;
import io.graphqlfiles.spi.BlobIntegrityException;
import io.graphqlfiles.spi.BlobNotFoundException;
import io.graphqlfiles.spi.BlobStoreException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/** Says in the store's terms what went wrong in the bucket; {@link FailureKind} says which is which. */
final class Failures {

    private static final int LENGTH_REQUIRED = 411;

    private final String store;
    private final Supplier<@Nullable String> httpClient;

    /** @param httpClient gives the name of the client's HTTP client, if that is known */
    Failures(String bucket, Supplier<@Nullable String> httpClient) {
        this.store = "s3 bucket " + bucket;
        this.httpClient = httpClient;
    }

    BlobStoreException of(String operation, @Nullable String key, SdkException cause) {
        FailureKind kind = FailureKind.of(cause);
        if (key == null) {
            return new BlobStoreException(
                    store, operation, null, kind == FailureKind.RETRYABLE, describe(cause), cause);
        }
        return switch (kind) {
            case NOT_FOUND -> notFound(operation, key, cause);
            case CONDITION_FAILED -> taken(operation, key, cause);
            case NOT_AS_PROMISED -> new BlobIntegrityException(store, operation, key, describe(cause), cause);
            case RETRYABLE -> new BlobStoreException(store, operation, key, true, describe(cause), cause);
            case FINAL -> new BlobStoreException(store, operation, key, false, describe(cause), cause);
        };
    }

    BlobNotFoundException notFound(String operation, String key, @Nullable Exception cause) {
        return new BlobNotFoundException(store, operation, key, "there is no such blob", cause);
    }

    BlobAlreadyExistsException taken(String operation, String key, @Nullable Exception cause) {
        return new BlobAlreadyExistsException(store, operation, key, "expected a free key, found a blob", cause);
    }

    BlobIntegrityException notAsPromised(
            String operation, String key, String expected, String found, @Nullable Exception cause) {
        return new BlobIntegrityException(store, operation, key, "expected " + expected + ", found " + found, cause);
    }

    BlobStoreException interrupted(String operation, String key, InterruptedException cause) {
        return new BlobStoreException(store, operation, key, false, "the calling thread was interrupted", cause);
    }

    BlobStoreException other(
            String operation, @Nullable String key, boolean retryable, String detail, @Nullable Throwable cause) {
        return new BlobStoreException(store, operation, key, retryable, detail, cause);
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
                return Failures.this.other(operation, key, retryable, detail, cause);
            }
        };
    }

    /**
     * A listing that says that there is more and does not lead there.
     *
     * @param repeated what in the answer names a place where the listing has been before; null if nothing names a place
     */
    BlobStoreException endless(String operation, @Nullable String key, @Nullable String repeated) {
        return other(
                operation,
                key,
                false,
                "expected a listing that goes on or ends, found "
                        + (repeated == null
                                ? "IsTruncated without a place to go on from"
                                : repeated + " that leads back to where it was"),
                null);
    }

    /**
     * What a listing says of an object.
     *
     * @param value as the SDK gives it, who knows of nothing that must be there
     * @throws BlobStoreException if it is null
     */
    <T> T described(String operation, @Nullable String key, String name, @Nullable T value) {
        if (value == null) {
            throw other(operation, key, false, "expected " + name + " in the listing, found none", null);
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

    /** Status, code and request, by which the server's operator finds it; the rest is in the cause. */
    private String describe(SdkException cause) {
        if (cause instanceof AwsServiceException answer) {
            String code = FailureKind.code(answer);
            return "expected success, found status " + answer.statusCode()
                    + (code == null ? "" : " " + code)
                    + (answer.requestId() == null ? "" : ", request " + answer.requestId())
                    + (answer.statusCode() == LENGTH_REQUIRED ? sender() : "");
        }
        if (cause instanceof AbortedException) {
            return "the calling thread was interrupted";
        }
        return "expected an answer, found " + cause.getMessage();
    }

    /** Whether a request has a length is a matter of who sends it. */
    private String sender() {
        String name = httpClient.get();
        return name == null ? "" : ", sent by the HTTP client " + name;
    }
}
