package io.graphqlfiles.storage.s3;

import static io.graphqlfiles.storage.s3.Content.bytes;
import static io.graphqlfiles.storage.s3.FaultyProxy.after;
import static io.graphqlfiles.storage.s3.FaultyProxy.matches;
import static io.graphqlfiles.storage.s3.FaultyProxy.method;
import static io.graphqlfiles.storage.s3.FaultyProxy.passOn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.graphqlfiles.spi.BlobAlreadyExistsException;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobIntegrityException;
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
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/** How many requests a blob takes, and who sends them. */
@Timeout(60)
class S3UploadsTest extends BehindFaultyProxy {

    private static final int MIB = 1024 * 1024;
    private static final int PART = 5 * MIB;
    private static final String PUT_PART = "PUT .*partNumber=.*";

    private S3Client client;
    private String key;

    @BeforeEach
    void start() {
        client = server.newClient().endpointOverride(proxy.endpoint()).build();
        key = "uploads/" + UUID.randomUUID();
    }

    @AfterEach
    void stop() {
        client.close();
    }

    @ParameterizedTest
    @CsvSource({
        "0, true",
        "1, true",
        "65537, true",
        "5242880, true",
        "0, false",
        "1, false",
        "65537, false",
        "5242880, false"
    })
    void put_fitsIntoAPart_isOneRequest(int size, boolean known) throws IOException {
        store(4).put(blob(known ? size : PutRequest.UNKNOWN_SIZE), Content.stream(1, size));

        assertThat(read()).isEqualTo(bytes(1, size));
        assertThat(proxy.requests()).filteredOn(method("PUT")).hasSize(1);
        assertThat(proxy.requests()).filteredOn(method("POST")).isEmpty();
        assertThat(proxy.requests()).filteredOn(method("HEAD")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "5242881, 2, true",
        "5242881, 2, false",
        "10485760, 2, true",
        "10485760, 2, false",
        "10485761, 3, false",
        "26214400, 5, false"
    })
    void put_larger_isPartsOfOneSize(int size, int parts, boolean known) throws IOException {
        store(4).put(blob(known ? size : PutRequest.UNKNOWN_SIZE), Content.stream(1, size));

        assertThat(read()).isEqualTo(bytes(1, size));
        assertThat(proxy.requests()).filteredOn(matches(PUT_PART)).hasSize(parts);
    }

    @Test
    void put_partsAreSentAtOnce() throws Exception {
        // Opens only when three parts are in progress.
        CyclicBarrier three = new CyclicBarrier(3);
        proxy.next(3, matches(PUT_PART), after(() -> await(three), passOn()));

        store(3).put(blob(PutRequest.UNKNOWN_SIZE), Content.stream(1, 3 * PART));

        assertThat(read()).isEqualTo(bytes(1, 3 * PART));
    }

    @Test
    void put_streamIsReadInTheCallingThread() throws IOException {
        Thread caller = Thread.currentThread();
        AtomicInteger reads = new AtomicInteger();

        store(2).put(blob(PutRequest.UNKNOWN_SIZE), new FilterInputStream(Content.stream(1, 4 * PART)) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                assertThat(Thread.currentThread()).isSameAs(caller);
                reads.incrementAndGet();
                return super.read(buffer, offset, length);
            }
        });

        assertThat(reads).hasPositiveValue();
    }

    @Test
    void put_moreUploadsThanThreads_allGoOn() throws Exception {
        S3BlobStore store = store(1);
        ExecutorService callers = Executors.newFixedThreadPool(4);
        try {
            List<Future<BlobInfo>> uploads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                PutRequest blob = blob(key + "/" + i, PutRequest.UNKNOWN_SIZE);
                int seed = i;
                uploads.add(callers.submit(() -> store.put(blob, Content.stream(seed, 3 * PART))));
            }
            for (int i = 0; i < 4; i++) {
                String made = uploads.get(i).get().key();
                assertThat(read(made)).isEqualTo(bytes(i, 3 * PART));
            }
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void put_threads_areBoundedDaemons() throws IOException {
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Set<Boolean> daemons = ConcurrentHashMap.newKeySet();
        proxy.always(matches(PUT_PART), (exchange, target) -> {
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("graphql-files-s3-"))
                    .forEach(thread -> daemons.add(thread.isDaemon()));
            passOn().apply(exchange, target);
            underWay.decrementAndGet();
        });

        store(2).put(blob(PutRequest.UNKNOWN_SIZE), Content.stream(1, 8 * PART));

        assertThat(daemons).containsExactly(true);
        // Two threads of the store's, and the caller's.
        assertThat(most.get()).isBetween(1, 3);
    }

    @ParameterizedTest
    @ValueSource(ints = {PART + 1, 3 * PART})
    void put_streamFailsAfterParts_leavesNothing(int after) {
        IOException failure = new IOException("the client went away");
        InputStream failing = Content.failing(1, after, failure);

        assertThat(catchThrowable(() -> store(2).put(blob(PutRequest.UNKNOWN_SIZE), failing)))
                .isSameAs(failure);
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @CsvSource({"15728640, 15728641", "15728640, 15728639", "15728640, 5242880"})
    void put_largeOfAnotherLength_leavesNothing(int promised, int actual) {
        assertThatExceptionOfType(BlobIntegrityException.class)
                .isThrownBy(() -> store(2).put(blob(promised), Content.stream(1, actual)));
        assertNothingIsLeft();
    }

    @Test
    void put_takenKey_largeBlob_leavesNoUpload() throws IOException {
        S3BlobStore store = store(2);
        store.put(blob(10), Content.stream(1, 10));

        assertThatExceptionOfType(BlobAlreadyExistsException.class)
                .isThrownBy(() -> store.put(blob(PutRequest.UNKNOWN_SIZE), Content.stream(2, 2 * PART)));
        assertThat(read()).isEqualTo(bytes(1, 10));
        assertThat(store.removeUnfinishedWrites(Instant.parse("9000-01-01T00:00:00Z")))
                .isZero();
    }

    @Test
    void copy_largerThanAPart_isCopiedInRanges() throws IOException {
        S3BlobStore store = store(2);
        int size = 2 * PART + 1000;
        BlobInfo source = store.put(blob(size), Content.stream(1, size));
        String target = key + "-copy";

        BlobInfo copy = store.copy(new CopyRequest(source, target, "text/plain", "attachment", Visibility.PRIVATE));

        assertThat(copy.version()).isEqualTo(store.stat(target).version());
        assertThat(copy.byteSize()).isEqualTo(size);
        assertThat(read(target)).isEqualTo(bytes(1, size));
        assertThat(proxy.requests())
                .filteredOn(matches("PUT .*-copy.*partNumber=.*"))
                .hasSize(3);
    }

    @Test
    void copy_largerThanAPart_sourceReplacedMeanwhile() throws IOException {
        S3BlobStore store = store(1);
        int size = 2 * PART;
        BlobInfo source = store.put(blob(size), Content.stream(1, size));
        proxy.next(
                1,
                matches("PUT .*-copy.*partNumber=2.*"),
                // At once: a part that is copied meanwhile finds one or the other.
                after(
                        () -> client.putObject(
                                put -> put.bucket(server.bucket()).key(key), RequestBody.fromBytes(bytes(2, size))),
                        passOn()));

        assertThatExceptionOfType(BlobIntegrityException.class)
                .isThrownBy(() -> store.copy(
                        new CopyRequest(source, key + "-copy", "text/plain", "attachment", Visibility.PRIVATE)));
        assertThat(store.stat(key + "-copy")).isNull();
        assertThat(store.removeUnfinishedWrites(Instant.parse("9000-01-01T00:00:00Z")))
                .isZero();
    }

    @Test
    void putPart_largerThanTheBuffer_isStreamed() throws IOException {
        S3BlobStore store = store(1);
        int size = PART + 1000;
        PartUpload upload = store.beginParts(new PartUploadRequest(key, size, size, "image/png"));

        UploadedPart part = store.putPart(new PutPartRequest(upload, 1, size), Content.stream(1, size));

        assertThat(store.listParts(upload)).containsExactly(part);
        store.completeParts(upload, List.of(part));
        assertThat(read()).isEqualTo(bytes(1, size));
    }

    @Test
    void putPart_largerThanTheBuffer_goesWrong_leavesNothing() {
        S3BlobStore store = store(1);
        int size = PART + 1000;
        PartUpload upload = store.beginParts(new PartUploadRequest(key, size, size, "image/png"));
        PutPartRequest part = new PutPartRequest(upload, 1, size);
        IOException failure = new IOException("the client went away");
        InputStream failing = Content.failing(1, 1000, failure);

        assertThatExceptionOfType(BlobIntegrityException.class)
                .isThrownBy(() -> store.putPart(part, Content.stream(1, size + 1)));
        assertThatExceptionOfType(BlobIntegrityException.class)
                .isThrownBy(() -> store.putPart(part, Content.stream(1, size - 1)));
        assertThat(catchThrowable(() -> store.putPart(part, failing))).isSameAs(failure);
        assertThat(store.listParts(upload)).isEmpty();
        store.abortParts(upload);
    }

    @Test
    void putPart_largerThanTheBuffer_isNotSentTwice() {
        S3BlobStore store = store(1);
        int size = PART + 1000;
        PartUpload upload = store.beginParts(new PartUploadRequest(key, size, size, "image/png"));
        proxy.next(1, matches(PUT_PART), FaultyProxy.brokenConnection());

        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> store.putPart(new PutPartRequest(upload, 1, size), Content.stream(1, size)));
        assertThat(store.listParts(upload)).isEmpty();
        store.abortParts(upload);
    }

    @Test
    void list_objectsOfOthers_arePassedOver() throws IOException {
        S3BlobStore store = S3BlobStore.newS3BlobStore(client, server.bucket())
                .keyPrefix("mine/")
                .build();
        for (String other : List.of("mine/a folder/x", "mine/a.txt", "elsewhere")) {
            client.putObject(put -> put.bucket(server.bucket()).key(other), RequestBody.fromString("x"));
        }
        store.put(blob(3), new ByteArrayInputStream(new byte[3]));

        assertThat(store.list("", null, 1000).blobs()).extracting(BlobInfo::key).containsExactly(key);
        assertThat(store).hasToString("S3BlobStore[test-bucket/mine/]");
    }

    @Test
    void removeUnfinishedWrites_uploadsOfOthers_areLeftAlone() {
        S3BlobStore store = S3BlobStore.newS3BlobStore(client, server.bucket())
                .keyPrefix("mine/")
                .build();
        String others = client.createMultipartUpload(
                        create -> create.bucket(server.bucket()).key("elsewhere/a"))
                .uploadId();
        PartUpload ours = store.beginParts(new PartUploadRequest("a", 10, 10, "image/png"));

        assertThat(store.removeUnfinishedWrites(Instant.parse("9000-01-01T00:00:00Z")))
                .isEqualTo(1);

        assertThat(client.listMultipartUploads(list -> list.bucket(server.bucket()))
                        .uploads())
                .extracting(MultipartUpload::uploadId)
                .contains(others)
                .doesNotContain(ours.uploadId());
        client.abortMultipartUpload(
                abort -> abort.bucket(server.bucket()).key("elsewhere/a").uploadId(others));
    }

    private S3BlobStore store(int threads) {
        return S3BlobStore.newS3BlobStore(client, server.bucket())
                .partByteSize(PART)
                .copySizes(new CopySizes(PART, PART))
                .uploadThreads(threads)
                .build();
    }

    private PutRequest blob(long byteSize) {
        return blob(key, byteSize);
    }

    private static PutRequest blob(String key, long byteSize) {
        return new PutRequest(key, byteSize, "image/png", "inline", Visibility.PRIVATE);
    }

    private byte[] read() throws IOException {
        return read(key);
    }

    private byte[] read(String key) throws IOException {
        try (InputStream in = store(1).open(key, ByteRange.whole())) {
            return in.readAllBytes();
        }
    }

    private void assertNothingIsLeft() {
        assertThat(store(1).stat(key)).isNull();
        assertThat(store(1).removeUnfinishedWrites(Instant.parse("9000-01-01T00:00:00Z")))
                .isZero();
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
