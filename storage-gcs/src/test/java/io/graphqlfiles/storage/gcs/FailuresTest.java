package io.graphqlfiles.storage.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.client.http.HttpHeaders;
import com.google.api.client.http.HttpResponseException;
import com.google.cloud.storage.StorageException;
import io.graphqlfiles.spi.BlobAlreadyExistsException;
import io.graphqlfiles.spi.BlobIntegrityException;
import io.graphqlfiles.spi.BlobNotFoundException;
import io.graphqlfiles.spi.BlobStoreException;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailuresTest {

    private static final Failures FAILURES = new Failures("pictures");

    private record Expected(int status, String reason, Class<?> type, boolean retryable) {}

    /** One for each row of the table, in its order. */
    static List<Expected> rows() {
        return List.of(
                new Expected(0, null, BlobStoreException.class, true),
                new Expected(400, "InvalidPart", BlobIntegrityException.class, false),
                new Expected(400, "InvalidPartOrder", BlobIntegrityException.class, false),
                new Expected(403, "rateLimitExceeded", BlobStoreException.class, true),
                new Expected(403, "userRateLimitExceeded", BlobStoreException.class, true),
                new Expected(404, null, BlobNotFoundException.class, false),
                new Expected(408, null, BlobStoreException.class, true),
                new Expected(410, null, BlobStoreException.class, true),
                new Expected(412, null, BlobAlreadyExistsException.class, false),
                new Expected(429, null, BlobStoreException.class, true),
                new Expected(500, null, BlobStoreException.class, true),
                new Expected(502, null, BlobStoreException.class, true),
                new Expected(503, null, BlobStoreException.class, true),
                new Expected(504, null, BlobStoreException.class, true));
    }

    static Stream<Expected> others() {
        return Stream.of(
                new Expected(400, null, BlobStoreException.class, false),
                new Expected(400, "EntityTooSmall", BlobStoreException.class, false),
                new Expected(401, null, BlobStoreException.class, false),
                new Expected(403, "forbidden", BlobStoreException.class, false),
                new Expected(416, null, BlobStoreException.class, false));
    }

    @Test
    void rows_areThoseOfTheTable() {
        assertThat(rows().stream().map(row -> row.status + " " + row.reason))
                .containsExactlyElementsOf(Failures.TABLE.stream()
                        .map(row -> row.status() + " " + row.reason())
                        .toList());
    }

    @ParameterizedTest
    @MethodSource({"rows", "others"})
    void of_jsonAnswer(Expected expected) {
        assertFits(expected, new StorageException(expected.status, "m", expected.reason, null));
    }

    @ParameterizedTest
    @MethodSource({"rows", "others"})
    void of_xmlAnswer(Expected expected) {
        if (expected.status > 0) {
            assertFits(expected, new StorageException(xml(expected.status, expected.reason)));
            assertFits(expected, xml(expected.status, expected.reason));
        }
    }

    @ParameterizedTest
    @MethodSource({"rows", "others"})
    void of_wrappedByAChannel(Expected expected) {
        assertFits(expected, new IOException(new StorageException(expected.status, "m", expected.reason, null)));
    }

    @Test
    void of_anyOtherFailureOfTheNetwork_mayBeTriedAgain() {
        assertFits(rows().get(0), new IOException("connection reset"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"put", "beginParts"})
    void of_noBucket_isNotAMissingBlob(String operation) {
        BlobStoreException failure = FAILURES.of(operation, "private/a", new StorageException(404, "m"));

        assertThat(failure).isExactlyInstanceOf(BlobStoreException.class);
        assertThat(failure.isRetryable()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"404, false", "412, false", "503, true"})
    void of_noKey(int status, boolean retryable) {
        BlobStoreException failure = FAILURES.of("list", null, new StorageException(status, "m"));

        assertThat(failure).isExactlyInstanceOf(BlobStoreException.class);
        assertThat(failure.key()).isNull();
        assertThat(failure.isRetryable()).isEqualTo(retryable);
    }

    @Test
    void of_message_namesStoreOperationAndKey() {
        StorageException cause = new StorageException(403, "https://secret?X-Goog-Signature=1", "forbidden", null);

        assertThat(FAILURES.of("stat", "private/a", cause))
                .hasMessage("gcs bucket pictures: stat of private/a: the service answered 403 forbidden")
                .hasCause(cause);
    }

    private static void assertFits(Expected expected, Exception cause) {
        BlobStoreException failure = FAILURES.of("stat", "private/a", cause);

        assertThat(failure).isExactlyInstanceOf(expected.type).hasCause(cause);
        assertThat(failure.isRetryable()).isEqualTo(expected.retryable);
        assertThat(failure.key()).isEqualTo("private/a");
        assertThat(failure.operation()).isEqualTo("stat");
    }

    private static HttpResponseException xml(int status, String code) {
        return new HttpResponseException.Builder(status, "m", new HttpHeaders())
                .setContent("<?xml version='1.0'?><Error><Code>" + (code == null ? "Other" : code)
                        + "</Code><Message>m</Message></Error>")
                .build();
    }
}
