package io.graphqlfiles.storage.s3;

import static io.graphqlfiles.storage.s3.Content.bytes;
import static io.graphqlfiles.storage.s3.FaultyProxy.after;
import static io.graphqlfiles.storage.s3.FaultyProxy.answer;
import static io.graphqlfiles.storage.s3.FaultyProxy.body;
import static io.graphqlfiles.storage.s3.FaultyProxy.brokenConnection;
import static io.graphqlfiles.storage.s3.FaultyProxy.cutAnswer;
import static io.graphqlfiles.storage.s3.FaultyProxy.done;
import static io.graphqlfiles.storage.s3.FaultyProxy.lostAnswer;
import static io.graphqlfiles.storage.s3.FaultyProxy.matches;
import static io.graphqlfiles.storage.s3.FaultyProxy.method;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.graphqlfiles.spi.BlobAlreadyExistsException;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobIntegrityException;
import io.graphqlfiles.spi.BlobNotFoundException;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.spi.CopyRequest;
import io.graphqlfiles.spi.PartUpload;
import io.graphqlfiles.spi.PartUploadRequest;
import io.graphqlfiles.spi.PutPartRequest;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.UploadedPart;
import io.graphqlfiles.spi.Visibility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.RequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.s3.S3Client;

@Timeout(60)
class S3FaultsTest extends BehindFaultyProxy {

    private static final int LARGE = 12 * 1024 * 1024;
    private static final String PART = "PUT .*partNumber=.*";
    private static final String BEGIN = "POST .*[?]uploads.*";
    private static final String COMPLETE = "POST .*[?]uploadId=.*";
    private static final Instant FAR_AWAY = Instant.parse("9000-01-01T00:00:00Z");

    private S3Client once;
    private S3Client repeating;
    private S3BlobStore store;
    private String key;

    @BeforeEach
    void start() {
        once = server.newClient()
                .endpointOverride(proxy.endpoint())
                .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
        repeating = server.newClient().endpointOverride(proxy.endpoint()).build();
        store = store(once);
        key = "faults/" + UUID.randomUUID();
    }

    @AfterEach
    void stop() {
        once.close();
        repeating.close();
    }

    @ParameterizedTest
    @CsvSource({
        "404, NoSuchBucket, BlobStoreException, false",
        "404, NoSuchKey, BlobNotFoundException, false",
        "404, , BlobNotFoundException, false",
        "412, PreconditionFailed, BlobAlreadyExistsException, false",
        "412, , BlobAlreadyExistsException, false",
        "400, InvalidPart, BlobIntegrityException, false",
        "400, BadDigest, BlobIntegrityException, false",
        "400, IncompleteBody, BlobIntegrityException, false",
        "400, XAmzContentChecksumMismatch, BlobIntegrityException, false",
        "400, RequestTimeout, BlobStoreException, true",
        "400, InternalError, BlobStoreException, true",
        "400, ServiceUnavailable, BlobStoreException, true",
        "409, ConditionalRequestConflict, BlobStoreException, true",
        "409, OperationAborted, BlobStoreException, true",
        "400, SlowDown, BlobStoreException, true",
        "400, Throttling, BlobStoreException, true",
        "400, ThrottlingException, BlobStoreException, true",
        "400, RequestLimitExceeded, BlobStoreException, true",
        "503, SlowDown, BlobStoreException, true",
        "408, , BlobStoreException, true",
        "429, TooManyRequests, BlobStoreException, true",
        "500, InternalError, BlobStoreException, true",
        "502, , BlobStoreException, true",
        "503, ServiceUnavailable, BlobStoreException, true",
        "504, , BlobStoreException, true",
        "400, InvalidArgument, BlobStoreException, false",
        "403, AccessDenied, BlobStoreException, false",
        "403, SignatureDoesNotMatch, BlobStoreException, false",
        "501, NotImplemented, BlobStoreException, false",
        "409, BucketAlreadyExists, BlobStoreException, false"
    })
    void answer_meansOneOfOurFailures(int status, String code, String expected, boolean retryable) {
        proxy.always(method("PUT"), answer(status, code));

        BlobStoreException failure = catchThrowableOfType(BlobStoreException.class, () -> put(10));

        assertThat(failure.getClass().getSimpleName()).isEqualTo(expected);
        assertThat(failure.isRetryable()).isEqualTo(retryable);
        assertThat(failure.operation()).isEqualTo("put");
        assertThat(failure.key()).isEqualTo(key);
        assertThat(failure.store()).isEqualTo("s3 bucket test-bucket");
        assertThat(failure).hasCauseInstanceOf(SdkException.class);
        assertThat(everythingSaidOf(failure))
                .doesNotContain(server.secretKey())
                .doesNotContain("Signature=")
                .doesNotContain("Credential=");
    }

    /** The service has said 200 before it knows: the code alone tells, and it means what it means elsewhere. */
    @ParameterizedTest
    @CsvSource({
        "NoSuchBucket, BlobStoreException, false",
        "NoSuchKey, BlobNotFoundException, false",
        "NoSuchUpload, BlobNotFoundException, false",
        "PreconditionFailed, BlobAlreadyExistsException, false",
        "InvalidPart, BlobIntegrityException, false",
        "BadDigest, BlobIntegrityException, false",
        "IncompleteBody, BlobIntegrityException, false",
        "XAmzContentChecksumMismatch, BlobIntegrityException, false",
        "ConditionalRequestConflict, BlobStoreException, true",
        "OperationAborted, BlobStoreException, true",
        "InternalError, BlobStoreException, true",
        "ServiceUnavailable, BlobStoreException, true",
        "RequestTimeout, BlobStoreException, true",
        "SlowDown, BlobStoreException, true",
        "Throttling, BlobStoreException, true",
        "ThrottlingException, BlobStoreException, true",
        "RequestLimitExceeded, BlobStoreException, true",
        "AccessDenied, BlobStoreException, false",
        "SomethingNew, BlobStoreException, false"
    })
    void errorInAnAnswerOfSuccess_meansOneOfOurFailures(String code, String expected, boolean retryable)
            throws IOException {
        PartUpload upload = store.beginParts(new PartUploadRequest(key, 1000, 1000, "image/png"));
        UploadedPart part = store.putPart(new PutPartRequest(upload, 1, 1000), Content.stream(1, 1000));
        proxy.next(1, matches(COMPLETE), answer(200, code));

        BlobStoreException failure =
                catchThrowableOfType(BlobStoreException.class, () -> store.completeParts(upload, List.of(part)));
        store.abortParts(upload);

        assertThat(failure.getClass().getSimpleName()).isEqualTo(expected);
        assertThat(failure.isRetryable()).isEqualTo(retryable);
    }

    @Test
    void anyOperation_serverGone_isRetryable() throws IOException {
        proxy.close();

        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> store.stat(key))
                .matches(BlobStoreException::isRetryable);
        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> put(10))
                .matches(BlobStoreException::isRetryable);
        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> store.list("", null, 10))
                .matches(BlobStoreException::isRetryable);
    }

    /** As one does whose request is aborted at a time limit while it waits for a connection. */
    @Test
    void anyOperation_httpClientFailsInItsOwnWay_isRetryable() throws IOException {
        PartUpload upload = store.beginParts(new PartUploadRequest(key, 1000, 1000, "image/png"));
        BlobInfo source = store.put(blob(10), Content.stream(1, 10));
        try (S3Client failing =
                server.newClient().httpClient(new CancellingClient()).build()) {
            S3BlobStore broken = store(failing);

            Map<String, ThrowingCallable> operations = Map.of(
                    "put", () -> broken.put(blob(10), Content.stream(1, 10)),
                    "put in parts", () -> broken.put(blob(LARGE), Content.stream(1, LARGE)),
                    "stat", () -> broken.stat(key),
                    "head", () -> broken.head(key, 10),
                    "open", () -> broken.open(key, ByteRange.whole()),
                    "delete", () -> broken.delete(List.of(key)),
                    "list", () -> broken.list("", null, 10),
                    "copy",
                            () -> broken.copy(new CopyRequest(
                                    source, key + "-copy", "image/png", "attachment", Visibility.PRIVATE)),
                    "putPart", () -> broken.putPart(new PutPartRequest(upload, 1, 1000), Content.stream(1, 1000)),
                    "abortParts", () -> broken.abortParts(upload));

            assertThat(operations)
                    .allSatisfy((name, operation) -> assertThatExceptionOfType(BlobStoreException.class)
                            .isThrownBy(operation)
                            .matches(BlobStoreException::isRetryable)
                            .withStackTraceContaining("CancellationException"));
        }
        store.abortParts(upload);
    }

    private static final class CancellingClient implements SdkHttpClient {

        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            return new ExecutableHttpRequest() {
                @Override
                public HttpExecuteResponse call() {
                    throw new CancellationException();
                }

                @Override
                public void abort() {}
            };
        }

        @Override
        public void close() {}
    }

    @Test
    void anyOperation_timeOut_isRetryable() {
        CountDownLatch over = new CountDownLatch(1);
        proxy.always(request -> true, after(() -> await(over), FaultyProxy.passOn()));
        try (S3Client hasty = server.newClient()
                .endpointOverride(proxy.endpoint())
                .overrideConfiguration(
                        o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()).apiCallTimeout(Duration.ofMillis(50)))
                .build()) {

            assertThatExceptionOfType(BlobStoreException.class)
                    .isThrownBy(() -> store(hasty).stat(key))
                    .matches(BlobStoreException::isRetryable);
        } finally {
            over.countDown();
        }
    }

    @Test
    void put_answerLost_tellsOfTheBlob() throws IOException {
        proxy.next(1, method("PUT"), lostAnswer());

        assertThat(put(1000)).isEqualTo(store.stat(key));
        assertThat(read()).isEqualTo(bytes(1, 1000));
    }

    @Test
    void put_answerLost_repeatedByTheClient_tellsOfTheBlob() throws IOException {
        proxy.next(1, method("PUT"), lostAnswer());

        assertThat(store(repeating).put(blob(1000), Content.stream(1, 1000)).byteSize())
                .isEqualTo(1000);
        assertThat(proxy.requests()).filteredOn(method("PUT")).hasSize(2);
    }

    @Test
    void put_answerLost_serverGone_isRetryable() {
        proxy.next(1, method("PUT"), lostAnswer());
        proxy.always(method("HEAD"), brokenConnection());

        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> put(1000))
                .isNotInstanceOf(BlobAlreadyExistsException.class)
                .matches(BlobStoreException::isRetryable)
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    }

    @Test
    void put_blobOfAnotherWriter_isNotTakenForOurs() throws IOException {
        put(1000);
        proxy.next(1, method("PUT"), brokenConnection());

        assertThatExceptionOfType(BlobAlreadyExistsException.class)
                .isThrownBy(() -> store(repeating).put(blob(1000), Content.stream(2, 1000)));
        assertThat(read()).isEqualTo(bytes(1, 1000));
    }

    @Test
    void put_firstAttemptFails_clientRepeatsIt() throws IOException {
        proxy.next(1, method("PUT"), answer(503, "SlowDown"));
        proxy.next(1, method("PUT"), brokenConnection());

        store(repeating).put(blob(PutRequest.UNKNOWN_SIZE), Content.stream(1, 3_000_000));

        assertThat(read()).isEqualTo(bytes(1, 3_000_000));
    }

    @Test
    void put_conflictWithAnotherWriter_isTriedAgain() throws IOException {
        proxy.next(2, method("PUT"), answer(409, "ConditionalRequestConflict"));

        put(1000);

        assertThat(read()).isEqualTo(bytes(1, 1000));
    }

    @Test
    void put_answerWithoutAVersion_isLookedUp() throws IOException {
        proxy.next(1, method("PUT"), done(body("")));

        assertThat(put(1000)).isEqualTo(store.stat(key));
    }

    /** Ceph's answer to a completion names an empty one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<CompleteMultipartUploadResult/>",
                "<CompleteMultipartUploadResult><ETag></ETag></CompleteMultipartUploadResult>",
                "<CompleteMultipartUploadResult><ETag>\"\"</ETag></CompleteMultipartUploadResult>"
            })
    void put_completionAnsweredWithoutAVersion_isLookedUp(String answer) throws IOException {
        proxy.next(1, matches(COMPLETE), done(body(answer)));

        BlobInfo stored = put(LARGE);

        assertThat(stored).isEqualTo(store.stat(key));
        assertThat(stored.version()).isNotEmpty();
    }

    @Test
    void copy_answerWithAnEmptyVersion_isLookedUp() throws IOException {
        BlobInfo seen = put(1000);
        proxy.next(1, method("PUT"), done(body("<CopyObjectResult><ETag></ETag></CopyObjectResult>")));

        BlobInfo copy = store.copy(copyOf(seen));

        assertThat(copy).isEqualTo(store.stat(key + "-copy"));
        assertThat(copy.version()).isEqualTo(seen.version());
    }

    @Test
    void put_cannotTellOfTheBlob_takesItAway() {
        proxy.next(1, method("PUT"), done(body("")));
        proxy.next(1, method("HEAD"), answer(403, null));

        assertThatExceptionOfType(BlobStoreException.class).isThrownBy(() -> put(1000));
        assertThat(store.stat(key)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {PART, COMPLETE})
    void put_requestOfALargeBlobFails_leavesNothing(String request) {
        proxy.always(matches(request), answer(500, "InternalError"));

        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> put(LARGE))
                .matches(BlobStoreException::isRetryable);
        assertNothingIsLeft();
    }

    @Test
    void put_secondPartFails_leavesNothing() {
        proxy.next(1, matches("PUT .*partNumber=2.*"), brokenConnection());

        assertThatExceptionOfType(BlobStoreException.class).isThrownBy(() -> put(LARGE));
        assertNothingIsLeft();
    }

    @Test
    void put_partFails_clientRepeatsIt() throws IOException {
        proxy.next(1, matches(PART), answer(503, "SlowDown"));
        proxy.next(1, matches(PART), brokenConnection());

        store(repeating).put(blob(PutRequest.UNKNOWN_SIZE), Content.stream(1, LARGE));

        assertThat(read()).isEqualTo(bytes(1, LARGE));
        assertNothingUnfinished();
    }

    @Test
    void put_uploadCannotBegin() {
        proxy.always(matches(BEGIN), answer(403, "AccessDenied"));

        assertThatExceptionOfType(BlobStoreException.class).isThrownBy(() -> put(LARGE));
        assertNothingIsLeft();
    }

    @Test
    void put_answerToCompletionLost_tellsOfTheBlob() throws IOException {
        proxy.next(1, matches(COMPLETE), lostAnswer());

        assertThat(put(LARGE)).isEqualTo(store.stat(key));
        assertNothingUnfinished();
    }

    @Test
    void put_answerToCompletionLost_repeatedByTheClient_tellsOfTheBlob() throws IOException {
        proxy.next(1, matches(COMPLETE), lostAnswer());

        assertThat(store(repeating)
                        .put(blob(PutRequest.UNKNOWN_SIZE), Content.stream(1, LARGE))
                        .byteSize())
                .isEqualTo(LARGE);
        assertThat(proxy.requests()).filteredOn(matches(COMPLETE)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"InternalError", "PreconditionFailed", "NoSuchUpload", "SomethingNew"})
    void put_completedButErrorInAnAnswerOfSuccess_tellsOfTheBlob(String code) throws IOException {
        proxy.next(1, matches(COMPLETE), done(answer(200, code)));

        assertThat(put(LARGE)).isEqualTo(store.stat(key));
        assertThat(read()).isEqualTo(bytes(1, LARGE));
        assertNothingUnfinished();
    }

    @Test
    void put_notCompletedAndErrorInAnAnswerOfSuccess_leavesNothing() {
        proxy.next(1, matches(COMPLETE), answer(200, "InternalError"));

        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> put(LARGE))
                .matches(BlobStoreException::isRetryable);
        assertNothingIsLeft();
    }

    @Test
    void put_notCompletedAndErrorInAnAnswerOfSuccess_clientRepeatsIt() throws IOException {
        proxy.next(1, matches(COMPLETE), answer(200, "InternalError"));

        store(repeating).put(blob(PutRequest.UNKNOWN_SIZE), Content.stream(1, LARGE));

        assertThat(read()).isEqualTo(bytes(1, LARGE));
        assertNothingUnfinished();
    }

    @Test
    void put_abortFailsToo_isSuppressedAndSweptLater() {
        proxy.always(matches(PART), answer(500, "InternalError"));
        proxy.next(1, method("DELETE"), answer(500, "InternalError"));

        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> put(LARGE))
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
        assertThat(store.removeUnfinishedWrites(FAR_AWAY)).isEqualTo(1);
        assertNothingIsLeft();
    }

    @Test
    void put_interruptedWhilePartsAreSent_leavesNothing() throws Exception {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        AtomicReference<Boolean> interrupted = new AtomicReference<>();
        Thread writer = new Thread(() -> {
            try {
                put(LARGE);
            } catch (Throwable e) {
                failure.set(e);
            }
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        proxy.next(1, matches(PART), after(writer::interrupt, FaultyProxy.passOn()));

        writer.start();
        writer.join();

        assertThat(interrupted.get()).isTrue();
        if (failure.get() != null) {
            assertThat(failure.get()).isInstanceOf(BlobStoreException.class);
            assertNothingIsLeft();
        } else {
            assertThat(read()).isEqualTo(bytes(1, LARGE));
        }
    }

    @Test
    void copy_inParts_sourceReplacedMeanwhile_isNoticedBeforeTheCopyIsVisible() throws IOException {
        BlobInfo seen = put(LARGE);
        proxy.next(
                1,
                matches(PART),
                // Replaced in one step: a part that found nothing in between would be told so.
                after(
                        () -> overwrite(key, bytes(2, LARGE)),
                        body("<CopyPartResult><ETag>\"another\"</ETag></CopyPartResult>")));

        assertThatExceptionOfType(BlobIntegrityException.class)
                .isThrownBy(() -> store.copy(copyOf(seen)))
                .satisfies(e -> assertThat(e.key()).isEqualTo(key));
        assertThat(store.stat(key + "-copy")).isNull();
        assertNothingUnfinished();
    }

    @Test
    void copy_inParts_conditionIgnoredByTheServer_isNoticedBeforeTheCopyIsVisible() throws IOException {
        BlobInfo seen = put(LARGE);
        proxy.always(matches(PART), body("<CopyPartResult><ETag>\"another\"</ETag></CopyPartResult>"));
        store.delete(List.of(key));
        putUnchecked(key, bytes(2, LARGE));

        assertThatExceptionOfType(BlobIntegrityException.class).isThrownBy(() -> store.copy(copyOf(seen)));
        assertThat(store.stat(key + "-copy")).isNull();
        assertNothingUnfinished();
    }

    @Test
    void copy_inParts_targetMadeMeanwhile_isLeftAlone() throws IOException {
        BlobInfo seen = put(LARGE);
        proxy.next(1, matches(COMPLETE), after(() -> putUnchecked(key + "-copy", bytes(3, 5)), FaultyProxy.passOn()));

        assertThatExceptionOfType(BlobAlreadyExistsException.class)
                .isThrownBy(() -> store.copy(copyOf(seen)))
                .satisfies(e -> assertThat(e.key()).isEqualTo(key + "-copy"));
        assertThat(store.stat(key + "-copy").byteSize()).isEqualTo(5);
        assertNothingUnfinished();
    }

    @ParameterizedTest
    @CsvSource({"503, SlowDown", "200, InternalError"})
    void copy_inParts_requestFails_leavesNothing(int status, String code) throws IOException {
        BlobInfo seen = put(LARGE);
        proxy.always(matches(PART), answer(status, code));

        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> store.copy(copyOf(seen)))
                .matches(BlobStoreException::isRetryable);
        assertThat(store.stat(key + "-copy")).isNull();
        assertNothingUnfinished();
    }

    @Test
    void copy_inParts_completedButErrorInAnAnswerOfSuccess_tellsOfTheBlob() throws IOException {
        BlobInfo seen = put(LARGE);
        proxy.next(1, matches(COMPLETE), done(answer(200, "InternalError")));

        assertThat(store.copy(copyOf(seen))).isEqualTo(store.stat(key + "-copy"));
        assertNothingUnfinished();
    }

    @ParameterizedTest
    @ValueSource(strings = {"InternalError", "SomethingNew"})
    void completeParts_doneButErrorInAnAnswerOfSuccess_tellsOfTheBlob(String code) throws IOException {
        PartUpload upload = store.beginParts(new PartUploadRequest(key, 1000, 1000, "image/png"));
        store.putPart(new PutPartRequest(upload, 1, 1000), Content.stream(1, 1000));
        List<UploadedPart> parts = store.listParts(upload);
        proxy.next(1, matches(COMPLETE), done(answer(200, code)));

        assertThatCode(() -> store.completeParts(upload, parts)).doesNotThrowAnyException();
        assertThat(read()).isEqualTo(bytes(1, 1000));
    }

    @Test
    void completeParts_answerLost_tellsOfTheBlob() throws IOException {
        PartUpload upload = store.beginParts(new PartUploadRequest(key, 1000, 1000, "image/png"));
        store.putPart(new PutPartRequest(upload, 1, 1000), Content.stream(1, 1000));
        List<UploadedPart> parts = store.listParts(upload);
        proxy.next(1, matches(COMPLETE), lostAnswer());

        assertThatCode(() -> store.completeParts(upload, parts)).doesNotThrowAnyException();
        assertThat(read()).isEqualTo(bytes(1, 1000));
    }

    @Test
    void completeParts_repeatedByTheClient_partsGoneMeanwhile_tellsOfTheBlob() throws IOException {
        PartUpload upload = store.beginParts(new PartUploadRequest(key, 1000, 1000, "image/png"));
        store.putPart(new PutPartRequest(upload, 1, 1000), Content.stream(1, 1000));
        List<UploadedPart> parts = store.listParts(upload);
        proxy.next(1, matches(COMPLETE), after(() -> putUnchecked(key, bytes(1, 1000)), answer(400, "InvalidPart")));

        assertThatCode(() -> store.completeParts(upload, parts)).doesNotThrowAnyException();
        assertThat(read()).isEqualTo(bytes(1, 1000));
        store.abortParts(upload);
    }

    @Test
    void completeParts_blobOfAnotherLengthUnderTheKey() throws IOException {
        PartUpload upload = store.beginParts(new PartUploadRequest(key, 1000, 1000, "image/png"));
        store.putPart(new PutPartRequest(upload, 1, 1000), Content.stream(1, 1000));
        List<UploadedPart> parts = store.listParts(upload);
        put(10);

        assertThatExceptionOfType(BlobAlreadyExistsException.class)
                .isThrownBy(() -> store.completeParts(upload, parts));
        assertThat(store.stat(key).byteSize()).isEqualTo(10);
        store.abortParts(upload);
    }

    @Test
    void delete_someFail_theOthersAreDeleted() throws IOException {
        put(10);
        proxy.next(
                1,
                matches("POST .*[?]delete.*"),
                body("<DeleteResult><Error><Key>a</Key><Code>AccessDenied</Code></Error>"
                        + "<Error><Key>b</Key><Code>InternalError</Code></Error></DeleteResult>"));

        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> store.delete(List.of("a", "b")))
                .satisfies(e -> assertThat(e.key()).isEqualTo("a"))
                .satisfies(e -> assertThat(e.isRetryable()).isFalse())
                .satisfies(e -> assertThat(e.getSuppressed())
                        .singleElement()
                        .matches(next -> ((BlobStoreException) next).isRetryable()));
    }

    @Test
    void delete_serverListsAKeyThatIsNotThere_isDone() {
        proxy.next(
                1,
                matches("POST .*[?]delete.*"),
                body("<DeleteResult><Error><Key>a</Key><Code>NoSuchKey</Code></Error></DeleteResult>"));

        assertThatCode(() -> store.delete(List.of("a", "b"))).doesNotThrowAnyException();
    }

    @Test
    void delete_firstBatchFails_theOthersAreDeleted() throws IOException {
        put(10);
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            keys.add("none/" + i);
        }
        keys.add(key);
        proxy.next(1, matches("POST .*[?]delete.*"), answer(503, "SlowDown"));

        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> store.delete(keys))
                .matches(BlobStoreException::isRetryable);
        assertThat(store.stat(key)).isNull();
    }

    @Test
    void open_connectionBreaksOff_failsAndLeaksNone() throws IOException {
        put(1_000_000);
        try (S3Client single = singleConnection()) {
            S3BlobStore onOne = store(single);
            for (int i = 0; i < 3; i++) {
                proxy.next(1, method("GET"), cutAnswer(500_000));
                try (InputStream in = onOne.open(key, ByteRange.whole())) {
                    assertThatIOException().isThrownBy(in::readAllBytes);
                }
            }

            try (InputStream in = onOne.open(key, ByteRange.whole())) {
                assertThat(in.readAllBytes()).isEqualTo(bytes(1, 1_000_000));
            }
        }
    }

    @Test
    void open_closedEarly_leaksNoConnection() throws IOException {
        put(LARGE);
        try (S3Client single = singleConnection()) {
            S3BlobStore onOne = store(single);
            for (int i = 0; i < 3; i++) {
                for (int read : new int[] {0, 1, 500_000, LARGE - 10, LARGE}) {
                    try (InputStream in = onOne.open(key, ByteRange.whole())) {
                        assertThat(in.readNBytes(read)).hasSize(read);
                    }
                }
            }

            assertThat(onOne.stat(key).byteSize()).isEqualTo(LARGE);
        }
    }

    @Test
    void open_rangeIgnoredByTheServer_isNoticed() throws IOException {
        put(10);
        proxy.next(1, method("GET"), body("all of it"));

        assertThatExceptionOfType(BlobStoreException.class).isThrownBy(() -> store.open(key, new ByteRange(5, 2)));
        proxy.next(1, method("GET"), body("all of it"));
        try (InputStream in = store.open(key, ByteRange.first(3))) {
            assertThat(in.readAllBytes()).asString().isEqualTo("all");
        }
    }

    /** Whether a request has a length is a matter of who sends it, so that one is named. */
    @Test
    void anyOperation_lengthIsRequired_namesTheHttpClient() {
        proxy.always(method("PUT"), answer(411, "MissingContentLength"));
        try (S3Client urlConnection =
                Clients.newCompatible(server).endpointOverride(proxy.endpoint()).build()) {
            int before = proxy.requests().size();

            assertThatExceptionOfType(BlobStoreException.class)
                    .isThrownBy(() -> store(urlConnection).put(blob(10), Content.stream(1, 10)))
                    .withMessageContaining("found status 411 MissingContentLength")
                    .withMessageEndingWith(", sent by the HTTP client UrlConnection");

            // Not by asking the server.
            assertThat(proxy.requests().subList(before, proxy.requests().size()))
                    .allMatch(method("PUT"));
        }
        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> put(10))
                .withMessageEndingWith(", sent by the HTTP client Apache5");
    }

    /** The caller has waited for a whole call already. */
    @Test
    void put_failed_whatFollowsGetsAQuarterOfTheTime() throws IOException {
        List<String> limits = new CopyOnWriteArrayList<>();
        ExecutionInterceptor limitsOfRequests = new ExecutionInterceptor() {
            @Override
            public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
                limits.add(context.httpRequest().method() + " "
                        + context.request()
                                .overrideConfiguration()
                                .flatMap(RequestOverrideConfiguration::apiCallTimeout)
                                .orElse(null));
            }
        };
        proxy.next(1, matches(PART), answer(503, "SlowDown"));
        try (S3Client client = server.newClient()
                .endpointOverride(proxy.endpoint())
                .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry())
                        .apiCallTimeout(Duration.ofMinutes(4))
                        .addExecutionInterceptor(limitsOfRequests))
                .build()) {
            S3BlobStore limited = store(client);
            limits.clear();

            assertThatExceptionOfType(BlobStoreException.class)
                    .isThrownBy(() -> limited.put(blob(LARGE), Content.stream(1, LARGE)));
            proxy.next(1, method("PUT"), answer(503, "SlowDown"));
            assertThatExceptionOfType(BlobStoreException.class)
                    .isThrownBy(() -> limited.put(blob(1000), Content.stream(1, 1000)));
        }

        assertThat(limits)
                .contains("DELETE PT1M", "HEAD PT1M", "PUT null", "POST null")
                .doesNotContain("PUT PT1M");
    }

    @Test
    void completeParts_serverFails_uploadIsGone_isNotWorthAnotherTry() throws IOException {
        PartUpload upload = store.beginParts(new PartUploadRequest(key, 1000, 1000, "image/png"));
        UploadedPart part = store.putPart(new PutPartRequest(upload, 1, 1000), Content.stream(1, 1000));
        proxy.next(1, matches(COMPLETE), answer(500, "InternalError"));
        proxy.next(1, matches("GET .*uploadId=.*"), answer(404, "NoSuchUpload"));

        assertThatExceptionOfType(BlobNotFoundException.class)
                .isThrownBy(() -> store.completeParts(upload, List.of(part)))
                .matches(failure -> !failure.isRetryable());
        store.abortParts(upload);
    }

    @Test
    void completeParts_serverFails_partsAreThere_mayBeTriedAgain() throws IOException {
        PartUpload upload = store.beginParts(new PartUploadRequest(key, 1000, 1000, "image/png"));
        UploadedPart part = store.putPart(new PutPartRequest(upload, 1, 1000), Content.stream(1, 1000));
        proxy.next(1, matches(COMPLETE), answer(500, "InternalError"));

        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> store.completeParts(upload, List.of(part)))
                .matches(BlobStoreException::isRetryable);
        store.completeParts(upload, List.of(part));
        assertThat(read()).isEqualTo(bytes(1, 1000));
    }

    @Test
    void completeParts_serverFails_partsAreOthers_isNotAsPromised() throws IOException {
        PartUpload upload = store.beginParts(new PartUploadRequest(key, 1000, 1000, "image/png"));
        UploadedPart part = store.putPart(new PutPartRequest(upload, 1, 1000), Content.stream(1, 1000));
        store.putPart(new PutPartRequest(upload, 1, 1000), Content.stream(2, 1000));
        proxy.next(1, matches(COMPLETE), answer(500, "InternalError"));

        assertThatExceptionOfType(BlobIntegrityException.class)
                .isThrownBy(() -> store.completeParts(upload, List.of(part)));
        store.abortParts(upload);
    }

    @Test
    void open_missingBucket_isNotAMissingBlob() {
        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> S3BlobStore.at(once, "no-such-bucket").open(key, ByteRange.whole()))
                .isNotInstanceOf(BlobNotFoundException.class)
                .withMessageContaining("NoSuchBucket");
    }

    private static void overwrite(String key, byte[] content) {
        try (S3Client client = server.newClient().build()) {
            client.putObject(put -> put.bucket(server.bucket()).key(key), RequestBody.fromBytes(content));
        }
    }

    private static S3BlobStore store(S3Client client) {
        return S3BlobStore.newS3BlobStore(client, server.bucket())
                .partByteSize(5 * 1024 * 1024)
                .copySizes(new CopySizes(5 * 1024 * 1024, 5 * 1024 * 1024))
                .build();
    }

    private S3Client singleConnection() {
        return server.newClient()
                .endpointOverride(proxy.endpoint())
                .httpClientBuilder(Apache5HttpClient.builder()
                        .maxConnections(1)
                        .connectionAcquisitionTimeout(Duration.ofSeconds(5)))
                .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    private PutRequest blob(long byteSize) {
        return new PutRequest(key, byteSize, "image/png", "inline", Visibility.PRIVATE);
    }

    private BlobInfo put(int size) throws IOException {
        return store.put(blob(PutRequest.UNKNOWN_SIZE), Content.stream(1, size));
    }

    private static void putUnchecked(String key, byte[] content) {
        try (S3Client client = server.newClient().build()) {
            S3BlobStore.at(client, server.bucket())
                    .put(
                            new PutRequest(key, content.length, "image/png", "inline", Visibility.PRIVATE),
                            new ByteArrayInputStream(content));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private CopyRequest copyOf(BlobInfo seen) {
        return new CopyRequest(seen, key + "-copy", "image/png", "inline", Visibility.PRIVATE);
    }

    private byte[] read() throws IOException {
        try (InputStream in = store.open(key, ByteRange.whole())) {
            return in.readAllBytes();
        }
    }

    private void assertNothingIsLeft() {
        assertThat(store.stat(key)).isNull();
        assertNothingUnfinished();
    }

    private void assertNothingUnfinished() {
        assertThat(store.removeUnfinishedWrites(FAR_AWAY)).isZero();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String everythingSaidOf(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
