package io.graphqlfiles.storage.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

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
import io.graphqlfiles.storage.gcs.server.Faults;
import io.graphqlfiles.storage.gcs.server.Faults.Call;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the store makes of a service that fails, and of connections that break. The client makes three attempts. */
class GcsFaultsTest {

    private static final int CHUNK = 256 * 1024;

    @TempDir
    private static Path directory;

    private static GcsFixture gcs;

    private final String key = "private/" + UUID.randomUUID();
    private final GcsBlobStore store = gcs.newStore().chunkByteSize(CHUNK).build();

    @BeforeAll
    static void start() throws Exception {
        gcs = GcsFixture.startServer(directory, Clock.systemUTC());
    }

    @AfterAll
    static void stop() {
        gcs.close();
    }

    @AfterEach
    void allFaultsHaveHappened() {
        assertThat(faults().clear()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 3 * CHUNK, 3 * CHUNK + 1})
    void put_unavailableFirst_succeeds(int size) throws IOException {
        faults().refuse(2, 503, "backendError", uploads("POST"));

        assertThat(put(size).byteSize()).isEqualTo(size);
        assertThat(read(ByteRange.whole())).isEqualTo(bytes(size));
    }

    @ParameterizedTest
    @CsvSource({"429, rateLimitExceeded, true", "503, backendError, true", "403, forbidden, false"})
    void put_refused(int status, String reason, boolean retryable) {
        faults().refuse(retryable ? 3 : 1, status, reason, uploads("POST"));

        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> put(1000))
                .satisfies(e -> assertThat(e.isRetryable()).isEqualTo(retryable))
                .withMessage("gcs bucket " + GcsFixture.BUCKET + ": put of " + key + ": the service answered " + status
                        + " " + reason);
        assertThat(store.stat(key)).isNull();
    }

    /** The client sends it again and is answered that the key is taken: on its own. */
    @Test
    void put_answerLost_isASuccess() throws IOException {
        faults().loseAnswer(1, uploads("POST"));

        BlobInfo info = put(1000);

        assertThat(info).isEqualTo(store.stat(key));
        assertThat(read(ByteRange.whole())).isEqualTo(bytes(1000));
    }

    @Test
    void put_answerLostThenUnavailable_isASuccess() throws IOException {
        faults().loseAnswer(1, uploads("POST"));
        faults().refuse(2, 503, "backendError", uploads("POST"));

        assertThat(put(1000)).isEqualTo(store.stat(key));
    }

    @Test
    void put_answerLost_takenKey_isNoSuccess() throws IOException {
        BlobInfo first = put(1000);
        faults().loseAnswer(1, uploads("POST"));

        assertThatExceptionOfType(BlobAlreadyExistsException.class).isThrownBy(() -> put(1000));
        assertThat(store.stat(key)).isEqualTo(first);
    }

    @Test
    void put_chunkRefusedOrItsAnswerLost_goesOn() throws IOException {
        faults().refuse(1, 503, "backendError", uploads("PUT"));
        faults().loseAnswer(1, uploads("PUT"));

        put(5 * CHUNK + 17);

        assertThat(read(ByteRange.whole())).isEqualTo(bytes(5 * CHUNK + 17));
    }

    @Test
    void put_lastAnswerLost_isASuccess() throws IOException {
        // Two chunks go through; the third is the last.
        int[] chunk = {0};
        faults().loseAnswer(1, call -> uploads("PUT").test(call) && ++chunk[0] == 3);

        assertThat(put(2 * CHUNK + 17)).isEqualTo(store.stat(key));
        assertThat(read(ByteRange.whole())).isEqualTo(bytes(2 * CHUNK + 17));
    }

    @Test
    void put_sessionIsGone_leavesNothing() {
        faults().refuse(1, 410, "gone", uploads("PUT"));

        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> put(5 * CHUNK))
                .satisfies(e -> assertThat(e.isRetryable()).isTrue());
        assertThat(store.stat(key)).isNull();
    }

    /** After some chunks have been received. */
    @Test
    void put_streamFails_leavesNothing() throws IOException {
        IOException failure = new IOException("the client went away");
        InputStream content =
                new SequenceInputStream(new ByteArrayInputStream(bytes(5 * CHUNK)), new FailingStream(failure));

        assertThat(catchThrowable(() -> store.put(blob(PutRequest.UNKNOWN_SIZE), content)))
                .isSameAs(failure)
                .satisfies(e -> assertThat(e.getSuppressed()).isEmpty());

        assertThat(store.stat(key)).isNull();
        assertThat(store.list("private/", null, 1000).blobs())
                .noneMatch(blob -> blob.key().equals(key));
        assertThat(gcs.server().openPartsUploads(GcsFixture.BUCKET)).isZero();
        assertThat(gcs.server().openSessions(GcsFixture.BUCKET)).isZero();
        assertThat(put(10).byteSize()).isEqualTo(10);
    }

    /** The service keeps whole units of what has come, and is asked how many. */
    @Test
    void put_largeChunk_answerLost_goesOnWhereTheServiceIs() throws IOException {
        GcsBlobStore large = gcs.newStore().chunkByteSize(4 * CHUNK).build();
        faults().refuse(1, 503, "backendError", uploads("PUT"));
        faults().loseAnswer(1, call -> call.contentRange().startsWith("bytes 0-"));
        faults().loseAnswer(1, call -> call.contentRange().endsWith("/" + (9 * CHUNK + 1)));

        BlobInfo info = large.put(blob(PutRequest.UNKNOWN_SIZE), new ByteArrayInputStream(bytes(9 * CHUNK + 1)));

        assertThat(info).isEqualTo(store.stat(key));
        assertThat(read(ByteRange.whole())).isEqualTo(bytes(9 * CHUNK + 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 3 * CHUNK})
    void put_answerThatIsNone_isAFailureThatLeavesNothing(int size) {
        faults().answer(3, "", uploads(size == 1000 ? "POST" : "PUT"));

        assertThatExceptionOfType(BlobStoreException.class).isThrownBy(() -> put(size));

        assertThat(store.stat(key)).isNull();
        assertThat(gcs.server().openSessions(GcsFixture.BUCKET)).isZero();
    }

    @Test
    void put_refusedInTheMiddle_leavesNothing() {
        faults().refuse(1, 403, "forbidden", call -> call.contentRange().startsWith("bytes " + CHUNK + "-"));

        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> put(3 * CHUNK))
                .withMessageContaining("the service answered 403 forbidden")
                // The URL of the session would let its reader go on with the upload.
                .satisfies(e -> assertThat(Throwables.getStackTrace(e)).doesNotContain("upload_id"));

        assertThat(store.stat(key)).isNull();
        assertThat(gcs.server().openSessions(GcsFixture.BUCKET)).isZero();
    }

    @Test
    void put_cancellingFails_isToldWithTheFailure() {
        IOException failure = new IOException("the client went away");
        faults().refuse(3, 503, "backendError", uploads("DELETE"));

        assertThat(catchThrowable(() -> store.put(
                        blob(PutRequest.UNKNOWN_SIZE),
                        new SequenceInputStream(
                                new ByteArrayInputStream(bytes(2 * CHUNK)), new FailingStream(failure)))))
                .isSameAs(failure)
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
        assertThat(gcs.server().cancelSessions(GcsFixture.BUCKET)).isOne();
    }

    @Test
    void copy_answerLost_isASuccess() throws IOException {
        BlobInfo source = put(1000);
        String target = "private/" + UUID.randomUUID();
        faults().loseAnswer(1, call -> call.path().contains("/rewriteTo/"));

        BlobInfo info = store.copy(new CopyRequest(source, target, "image/png", "attachment", Visibility.PRIVATE));

        assertThat(info).isEqualTo(store.stat(target));
    }

    @Test
    void copy_sourceReplacedBetweenTwoCalls_fails() throws IOException {
        BlobInfo source = put(20 * 1024 * 1024);
        String target = "private/" + UUID.randomUUID();
        faults().refuse(1, 412, "conditionNotMet", call -> call.query().contains("rewriteToken="));

        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() ->
                        store.copy(new CopyRequest(source, target, "image/png", "attachment", Visibility.PRIVATE)));
        assertThat(store.stat(target)).isNull();
    }

    @Test
    void open_answerCut_goesOnWhereItBroke() throws IOException {
        put(300_000);
        faults().cutAnswer(1, 100_000, GcsFaultsTest::isMedia);
        faults().cutAnswer(1, 50_000, GcsFaultsTest::isMedia);

        assertThat(read(new ByteRange(10, 250_000))).isEqualTo(Arrays.copyOfRange(bytes(300_000), 10, 250_010));
    }

    @Test
    void open_answerCut_blobGone_fails() throws IOException {
        put(300_000);
        faults().cutAnswer(1, 100_000, GcsFaultsTest::isMedia);

        try (InputStream in = store.open(key, ByteRange.whole())) {
            assertThat(in.readNBytes(50_000)).hasSize(50_000);
            store.delete(List.of(key));
            assertThatExceptionOfType(IOException.class).isThrownBy(in::readAllBytes);
        }
    }

    /** The same bytes or none: never some of the one and some of the other. */
    @Test
    void open_answerCut_blobReplaced_fails() throws IOException {
        put(300_000);
        faults().cutAnswer(1, 100_000, GcsFaultsTest::isMedia);

        try (InputStream in = store.open(key, ByteRange.whole())) {
            assertThat(in.readNBytes(50_000)).hasSize(50_000);
            store.delete(List.of(key));
            store.put(blob(300_000), new ByteArrayInputStream(new byte[300_000]));
            assertThatExceptionOfType(IOException.class).isThrownBy(in::readAllBytes);
        }
    }

    @Test
    void open_unavailable() throws IOException {
        put(1000);
        faults().refuse(3, 503, "backendError", GcsFaultsTest::isMedia);

        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> store.open(key, ByteRange.whole()))
                .satisfies(e -> assertThat(e.isRetryable()).isTrue());
    }

    @Test
    void open_closedEarly_readsNoMore() throws IOException {
        put(300_000);

        InputStream in = store.open(key, ByteRange.whole());
        assertThat(in.read()).isNotNegative();
        in.close();
        in.close();

        assertThatExceptionOfType(IOException.class).isThrownBy(in::read);
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> in.read(new byte[10]));
        assertThat(in.available()).isZero();
    }

    @Test
    void delete_oneOfABatchFails_othersAreDeleted() throws IOException {
        List<String> keys = putSome(5);
        faults().refuse(
                        2,
                        503,
                        "backendError",
                        call -> call.method().equals("DELETE") && call.path().endsWith("-2"));

        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> store.delete(keys))
                .satisfies(e -> assertThat(e.key()).isEqualTo(keys.get(2)))
                .satisfies(e -> assertThat(e.isRetryable()).isTrue());
        assertThat(keys.stream().filter(each -> store.stat(each) != null)).containsExactly(keys.get(2));
    }

    @Test
    void delete_severalFail_allAreTold() throws IOException {
        List<String> keys = putSome(3);
        faults().refuse(
                        4,
                        403,
                        "forbidden",
                        call -> call.method().equals("DELETE") && !call.path().endsWith("-1"));

        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> store.delete(keys))
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    }

    @ParameterizedTest
    @CsvSource({"503, backendError", "403, forbidden"})
    void delete_batchFails_keysAreDeletedOneByOne(int status, String reason) throws IOException {
        List<String> keys = putSome(3);
        faults().refuse(1, status, reason, call -> call.path().startsWith("/batch/"));

        store.delete(keys);

        assertThat(keys).allMatch(each -> store.stat(each) == null);
    }

    @Test
    void completeParts_answerLost_isASuccess() throws IOException {
        PartUpload upload = store.beginParts(new PartUploadRequest(key, 1000, 5 << 20, "image/png"));
        store.putPart(new PutPartRequest(upload, 1, 1000), new ByteArrayInputStream(bytes(1000)));
        faults().loseAnswer(
                        1, call -> call.method().equals("POST") && call.query().startsWith("uploadId="));

        store.completeParts(upload, store.listParts(upload));

        assertThat(store.stat(key)).isNotNull();
        assertThat(read(ByteRange.whole())).isEqualTo(bytes(1000));
    }

    /** It may have gone through all the same. */
    @Test
    void completeParts_unavailableAndAnswerLost_isASuccess() throws IOException {
        PartUpload upload = begin();
        List<UploadedPart> parts = store.listParts(upload);
        faults().loseAnswer(1, GcsFaultsTest::isCompletion);
        faults().refuse(1, 503, "ServiceUnavailable", GcsFaultsTest::isCompletion);

        store.completeParts(upload, parts);

        assertThat(read(ByteRange.whole())).isEqualTo(bytes(1000));
    }

    @Test
    void completeParts_unavailable_partsAreThere_mayBeTriedAgain() throws IOException {
        PartUpload upload = begin();
        List<UploadedPart> parts = store.listParts(upload);
        faults().refuse(1, 503, "ServiceUnavailable", GcsFaultsTest::isCompletion);

        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> store.completeParts(upload, parts))
                .matches(BlobStoreException::isRetryable);

        store.completeParts(upload, parts);
        assertThat(store.stat(key)).isNotNull();
    }

    @Test
    void completeParts_unavailable_uploadIsGone_isNotWorthAnotherTry() throws IOException {
        PartUpload upload = begin();
        List<UploadedPart> parts = store.listParts(upload);
        faults().refuse(1, 503, "ServiceUnavailable", GcsFaultsTest::isCompletion);
        faults().refuse(
                        1,
                        404,
                        "NoSuchUpload",
                        call -> call.method().equals("GET") && call.query().contains("uploadId="));

        assertThatExceptionOfType(BlobNotFoundException.class)
                .isThrownBy(() -> store.completeParts(upload, parts))
                .matches(failure -> !failure.isRetryable());
        store.abortParts(upload);
    }

    @Test
    void completeParts_unavailable_partsAreOthers_isNotWorthAnotherTry() throws IOException {
        PartUpload upload = begin();
        faults().refuse(1, 503, "ServiceUnavailable", GcsFaultsTest::isCompletion);

        assertThatExceptionOfType(BlobIntegrityException.class)
                .isThrownBy(() -> store.completeParts(upload, List.of(new UploadedPart(1, 1000, "another"))));
        store.abortParts(upload);
    }

    @Test
    void putPart_unavailable_mayBeTriedAgain() {
        PartUpload upload = store.beginParts(new PartUploadRequest(key, 1000, 5 << 20, "image/png"));
        faults().refuse(1, 503, "ServiceUnavailable", call -> call.query().startsWith("partNumber="));

        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(
                        () -> store.putPart(new PutPartRequest(upload, 1, 1000), new ByteArrayInputStream(bytes(1000))))
                .satisfies(e -> assertThat(e.isRetryable()).isTrue())
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(upload.uploadId()));
        assertThat(store.listParts(upload)).isEmpty();
        store.abortParts(upload);
    }

    @Test
    void removeUnfinishedWrites_oneFails_othersAreRemoved() {
        for (int i = 0; i < 3; i++) {
            store.beginParts(new PartUploadRequest(key + "-" + i, 1000, 5 << 20, "image/png"));
        }
        faults().refuse(
                        1,
                        403,
                        "AccessDenied",
                        call -> call.method().equals("DELETE") && call.path().endsWith("-1"));

        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> store.removeUnfinishedWrites(Instant.MAX))
                .satisfies(e -> assertThat(e.key()).isEqualTo(key + "-1"));
        assertThat(store.removeUnfinishedWrites(Instant.MAX)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"nextPageToken\": \"c\"}",
                "{\"items\": [{\"bucket\": \"b\", \"name\": \"staged/a\", \"timeCreated\": \"2030-01-01T00:00:00Z\"}]}",
                "{\"items\": [{\"bucket\": \"b\", \"name\": \"staged/a\", \"size\": \"1\"}]}"
            })
    void list_pageThatIsNone_isAFailureOfTheStore(String page) {
        faults().answer(1, page, call -> call.path().endsWith("/o"));

        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> store.list("staged/", "c", 10))
                .withMessageContaining("list")
                .satisfies(e -> assertThat(e.isRetryable()).isFalse());
    }

    /**
     * A page that says there is more, and does not say where, must not be taken for the last: parts would be missing.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<NextPartNumberMarker>0</NextPartNumberMarker>",
                "<NextPartNumberMarker>1</NextPartNumberMarker>"
            })
    void listParts_pageThatDoesNotAdvance_isAFailureOfTheStore(String says) {
        int times = says.contains("1") ? 2 : 1;
        faults().answer(
                        times,
                        "<ListPartsResult><IsTruncated>true</IsTruncated>" + says
                                + "<Part><PartNumber>1</PartNumber><Size>5</Size><ETag>e</ETag></Part></ListPartsResult>",
                        call -> call.query().contains("uploadId"));

        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> store.listParts(new PartUpload(key, "upload")))
                .withMessageContaining("expected a listing that goes on or ends");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<NextKeyMarker>a</NextKeyMarker><NextUploadIdMarker>b</NextUploadIdMarker>"})
    void removeUnfinishedWrites_pageThatDoesNotAdvance_isAFailureOfTheStore(String says) {
        faults().answer(
                        says.isEmpty() ? 1 : 2,
                        "<ListMultipartUploadsResult><IsTruncated>true</IsTruncated>" + says
                                + "</ListMultipartUploadsResult>",
                        call -> call.query().contains("uploads"));

        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> store.removeUnfinishedWrites(Instant.MAX))
                .withMessageContaining("expected a listing that goes on or ends");
    }

    /** Nothing of a failure is left in this process either. */
    @Test
    void anyFailure_leavesNoThread() throws Exception {
        put_streamFails_leavesNothing();
        long before = storeThreads().count();

        for (int i = 0; i < 20; i++) {
            InputStream failing = new FailingStream(new IOException("the client went away"));
            assertThat(catchThrowable(() -> store.put(blob(PutRequest.UNKNOWN_SIZE), failing)))
                    .isInstanceOf(IOException.class);
            store.open(key, ByteRange.first(5)).close();
        }

        assertThat(storeThreads().count()).isLessThanOrEqualTo(before);
    }

    /** All threads but those of the server, the JVM's and the test's. */
    private static Stream<Thread> storeThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName().startsWith("pool-")
                        && !thread.getName().startsWith("Keep-Alive"));
    }

    private static Faults faults() {
        return gcs.server().faults();
    }

    private static Predicate<Call> uploads(String method) {
        return call -> call.method().equals(method) && call.path().startsWith("/upload/");
    }

    private static boolean isCompletion(Call call) {
        return call.method().equals("POST") && call.query().startsWith("uploadId=");
    }

    /** An upload of one part, which is there. */
    private PartUpload begin() throws IOException {
        PartUpload upload = store.beginParts(new PartUploadRequest(key, 1000, 5 << 20, "image/png"));
        store.putPart(new PutPartRequest(upload, 1, 1000), new ByteArrayInputStream(bytes(1000)));
        return upload;
    }

    private static boolean isMedia(Call call) {
        return call.query().contains("alt=media");
    }

    private List<String> putSome(int count) throws IOException {
        List<String> keys = Stream.iterate(0, i -> i + 1)
                .limit(count)
                .map(i -> key + "-" + i)
                .toList();
        for (String each : keys) {
            store.put(
                    new PutRequest(each, 10, "image/png", "attachment", Visibility.PRIVATE),
                    new ByteArrayInputStream(bytes(10)));
        }
        return keys;
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private BlobInfo put(int size) throws IOException {
        return store.put(blob(size), new ByteArrayInputStream(bytes(size)));
    }

    private PutRequest blob(long size) {
        return new PutRequest(key, size, "image/png", "attachment", Visibility.PRIVATE);
    }

    private byte[] read(ByteRange range) throws IOException {
        try (InputStream in = store.open(key, range)) {
            return in.readAllBytes();
        }
    }

    private static final class FailingStream extends InputStream {

        private final IOException failure;

        FailingStream(IOException failure) {
            this.failure = failure;
        }

        @Override
        public int read() throws IOException {
            throw failure;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            throw failure;
        }
    }
}
