package io.graphqlfiles.storage.s3;

import static io.graphqlfiles.storage.s3.Content.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.Visibility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.s3.S3Client;

/** Uploads whose clients take their time, and the memory that they hold meanwhile. */
@Timeout(120)
class S3SlowClientsTest extends BehindFaultyProxy {

    private static final int MIB = 1024 * 1024;
    private static final int PART = 5 * MIB;
    private static final Instant FAR_AWAY = Instant.parse("9000-01-01T00:00:00Z");

    private final ExecutorService clients = Executors.newCachedThreadPool();
    private S3Client client;

    @BeforeEach
    void start() {
        client = server.newClient().build();
    }

    @AfterEach
    void stop() {
        clients.shutdownNow();
        client.close();
    }

    /** Twelve of them hold what they have sent of the second part, not all of it and not the first one too. */
    @Test
    void put_manyClientsPause_allGetOnInLittleMemory() throws Exception {
        S3BlobStore store = store(12 * MIB, Duration.ofMinutes(5));
        CountDownLatch paused = new CountDownLatch(12);
        CountDownLatch goOn = new CountDownLatch(1);

        List<Future<BlobInfo>> uploads = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            // The first parts one after the other: only the pauses must be at the same time.
            CountDownLatch here = new CountDownLatch(1);
            uploads.add(clients.submit(() -> store.put(blob(key()), slow(PART + MIB / 2, here, goOn, MIB))));
            assertThat(here.await(30, TimeUnit.SECONDS)).isTrue();
            paused.countDown();
        }
        assertThat(paused.getCount()).isZero();
        goOn.countDown();

        for (Future<BlobInfo> upload : uploads) {
            assertThat(upload.get(60, TimeUnit.SECONDS).byteSize()).isEqualTo(PART + MIB / 2 + MIB);
        }
    }

    @Test
    void put_allMemoryIsHeld_failsAndMayBeTriedAgain() throws Exception {
        S3BlobStore store = store(PART, Duration.ZERO);
        CountDownLatch paused = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Future<BlobInfo> slow = clients.submit(() -> store.put(blob(key()), slow(PART - MIB, paused, goOn, MIB / 2)));
        assertThat(paused.await(30, TimeUnit.SECONDS)).isTrue();
        String key = key();

        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> store.put(blob(key), Content.stream(1, 3 * MIB)))
                .matches(BlobStoreException::isRetryable);
        assertThat(store.stat(key)).isNull();
        // Small files need nothing of it.
        assertThat(store.put(blob(key()), Content.stream(1, 60_000)).byteSize()).isEqualTo(60_000);

        goOn.countDown();
        assertThat(slow.get(30, TimeUnit.SECONDS).byteSize()).isEqualTo(PART - MIB / 2);
        assertThat(store.put(blob(key), Content.stream(1, 3 * MIB)).byteSize()).isEqualTo(3 * MIB);
    }

    @Test
    void put_manyAtOnce_memoryOfOnePart_allAreStored() throws Exception {
        S3BlobStore store = store(PART, Duration.ofMinutes(5));

        List<Future<BlobInfo>> uploads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            uploads.add(clients.submit(() -> store.put(blob(key()), Content.stream(1, 2 * PART + 1))));
        }

        for (Future<BlobInfo> upload : uploads) {
            assertThat(upload.get(90, TimeUnit.SECONDS).byteSize()).isEqualTo(2 * PART + 1);
        }
    }

    /** As when the heap is at its end: whoever asks for more memory gets an Error. */
    @Test
    void put_error_leavesNothingUnfinished() {
        S3BlobStore store = store(2 * PART, Duration.ZERO);
        OutOfMemoryError error = new OutOfMemoryError("of the test");
        String key = key();
        InputStream content = new SequenceInputStream(Content.stream(1, PART + MIB), new InputStream() {
            @Override
            public int read() {
                throw error;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                throw error;
            }
        });

        assertThatThrownBy(() -> store.put(blob(key), content)).isSameAs(error);

        assertThat(store.stat(key)).isNull();
        assertThat(store.removeUnfinishedWrites(FAR_AWAY)).isZero();
    }

    private S3BlobStore store(long bufferByteSize, Duration patience) {
        return S3BlobStore.newS3BlobStore(client, server.bucket())
                .partByteSize(PART)
                .bufferByteSize(bufferByteSize)
                .bufferPatience(patience)
                .build();
    }

    private static String key() {
        return "slow/" + UUID.randomUUID();
    }

    private static PutRequest blob(String key) {
        return new PutRequest(key, PutRequest.UNKNOWN_SIZE, "image/png", "inline", Visibility.PRIVATE);
    }

    /** Content that tells when so much of it was read, and goes on when told so. */
    private static InputStream slow(int first, CountDownLatch paused, CountDownLatch goOn, int rest) {
        InputStream pause = new InputStream() {
            @Override
            public int read() throws IOException {
                paused.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                return -1;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return read();
            }
        };
        return new SequenceInputStream(
                new SequenceInputStream(new ByteArrayInputStream(bytes(1, first)), pause),
                new ByteArrayInputStream(bytes(2, rest)));
    }
}
