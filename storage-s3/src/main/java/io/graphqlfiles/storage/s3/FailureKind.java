package io.graphqlfiles.storage.s3;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What an answer of the server means to us. The codes are those of <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">Amazon S3's error responses</a>.
 */
enum FailureKind {
    /** There is no such blob or upload. */
    NOT_FOUND,
    /** A condition on the request does not hold: on a write, the key is taken. */
    CONDITION_FAILED,
    /** What was received is not what was announced. */
    NOT_AS_PROMISED,
    /** The same call may succeed later. */
    RETRYABLE,
    /** Somebody must do something about it. */
    FINAL;

    private static final int ANY_STATUS = 0;

    /**
     * The first row that fits decides. A code means the same under any status: CompleteMultipartUpload and copies can
     * fail after the status 200 was sent, and DeleteObjects has a code for each key.
     */
    private static final List<Row> TABLE = List.of(
            new Row(ANY_STATUS, "NoSuchBucket", FINAL),
            new Row(ANY_STATUS, "NoSuchKey", NOT_FOUND),
            new Row(ANY_STATUS, "NoSuchUpload", NOT_FOUND),
            new Row(ANY_STATUS, "PreconditionFailed", CONDITION_FAILED),
            new Row(ANY_STATUS, "InvalidPart", NOT_AS_PROMISED),
            new Row(ANY_STATUS, "BadDigest", NOT_AS_PROMISED),
            new Row(ANY_STATUS, "IncompleteBody", NOT_AS_PROMISED),
            new Row(ANY_STATUS, "XAmzContentChecksumMismatch", NOT_AS_PROMISED),
            new Row(ANY_STATUS, "ConditionalRequestConflict", RETRYABLE),
            new Row(ANY_STATUS, "OperationAborted", RETRYABLE),
            new Row(ANY_STATUS, "InternalError", RETRYABLE),
            new Row(ANY_STATUS, "ServiceUnavailable", RETRYABLE),
            new Row(ANY_STATUS, "RequestTimeout", RETRYABLE),
            new Row(ANY_STATUS, "SlowDown", RETRYABLE),
            new Row(ANY_STATUS, "Throttling", RETRYABLE),
            new Row(ANY_STATUS, "ThrottlingException", RETRYABLE),
            new Row(ANY_STATUS, "RequestLimitExceeded", RETRYABLE),
            new Row(404, null, NOT_FOUND),
            new Row(412, null, CONDITION_FAILED),
            new Row(408, null, RETRYABLE),
            new Row(429, null, RETRYABLE),
            new Row(500, null, RETRYABLE),
            new Row(502, null, RETRYABLE),
            new Row(503, null, RETRYABLE),
            new Row(504, null, RETRYABLE));

    /** What a failure of the SDK means. */
    static FailureKind of(SdkException failure) {
        if (failure instanceof AwsServiceException answer) {
            return of(answer.statusCode(), code(answer));
        }
        if (failure instanceof AbortedException) {
            return FINAL;
        }
        // No answer: a time-out, a connection that broke off. Anything else the client has refused on its own.
        boolean transmission = failure instanceof ApiCallTimeoutException
                || failure instanceof ApiCallAttemptTimeoutException
                || hasCause(failure, IOException.class);
        return transmission ? RETRYABLE : FINAL;
    }

    /**
     * What an answer means.
     *
     * @param code the error code in the answer; null if it has none, as one to HEAD never has
     */
    static FailureKind of(int status, @Nullable String code) {
        return TABLE.stream()
                .filter(row -> row.fits(status, code))
                .map(Row::kind)
                .findFirst()
                .orElse(FINAL);
    }

    /** What an error means that is reported inside an answer of success. */
    static FailureKind ofCode(@Nullable String code) {
        return of(200, code);
    }

    /** Whether the server may have done all the same what it was asked for. */
    static boolean leavesOpen(SdkException failure) {
        return switch (of(failure)) {
            case RETRYABLE, CONDITION_FAILED, NOT_FOUND -> true;
            // Without an answer, or with one that began as a success.
            case NOT_AS_PROMISED, FINAL ->
                !(failure instanceof AwsServiceException answer) || answer.statusCode() == 200;
        };
    }

    /** The error code of an answer; null if it has none. */
    static @Nullable String code(AwsServiceException answer) {
        // The SDK's annotations do not say that either may be missing.
        return answer.awsErrorDetails() == null
                ? null
                : answer.awsErrorDetails().errorCode();
    }

    private static boolean hasCause(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private record Row(int status, @Nullable String code, FailureKind kind) {

        boolean fits(int foundStatus, @Nullable String foundCode) {
            return (status == ANY_STATUS || status == foundStatus) && (code == null || code.equals(foundCode));
        }
    }
}
