package io.graphqlfiles.storage.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.Visibility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Uploads whose clients take their time, and the memory that they hold meanwhile. */
@Timeout(120)
class GcsSlowClientsTest {

    private static final int MIB = 1024 * 1024;
    private static final int CHUNK = 4 * MIB;
    private static final byte[] CONTENT = new byte[2 * CHUNK + 1];

    static {
        new Random(1).nextBytes(CONTENT);
    }

    @TempDir
    private static Path directory;

    private static GcsFixture gcs;

    private final ExecutorService clients = Executors.newCachedThreadPool();

    @BeforeAll
    static void start() throws Exception {
        gcs = GcsFixture.startServer(directory, Clock.systemUTC());
    }

    @AfterAll
    static void stop() {
        gcs.close();
    }

    @AfterEach
    void end() {
        clients.shutdownNow();
    }

    /** All of them pause in their second chunk, and hold what they have sent of it: a chunk for each is 120 MiB. */
    @Test
    void put_thirtyClientsPause_allGetOnInLittleMemory() throws Exception {
        GcsBlobStore store = store(20 * MIB, Duration.ofMinutes(5));
        CountDownLatch goOn = new CountDownLatch(1);

        List<Future<BlobInfo>> uploads = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            // The first chunks one after the other: only the pauses must be at the same time.
            CountDownLatch paused = new CountDownLatch(1);
            uploads.add(clients.submit(() -> store.put(blob(key()), slow(CHUNK + MIB / 2, paused, goOn, MIB / 2))));
            assertThat(paused.await(30, TimeUnit.SECONDS)).isTrue();
        }
        goOn.countDown();

        for (Future<BlobInfo> upload : uploads) {
            assertThat(upload.get(60, TimeUnit.SECONDS).byteSize()).isEqualTo(CHUNK + MIB);
        }
    }

    @Test
    void put_allMemoryIsHeld_failsAndMayBeTriedAgain() throws Exception {
        GcsBlobStore store = store(CHUNK, Duration.ZERO);
        CountDownLatch paused = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Future<BlobInfo> slow = clients.submit(() -> store.put(blob(key()), slow(CHUNK - MIB, paused, goOn, MIB / 2)));
        assertThat(paused.await(30, TimeUnit.SECONDS)).isTrue();
        String key = key();

        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> store.put(blob(key), content(3 * MIB)))
                .withMessageContaining("put of " + key + ": expected memory for more of the upload")
                .matches(BlobStoreException::isRetryable);
        assertThat(store.stat(key)).isNull();
        // Small files need nothing of it.
        assertThat(store.put(blob(key()), content(60_000)).byteSize()).isEqualTo(60_000);

        goOn.countDown();
        assertThat(slow.get(30, TimeUnit.SECONDS).byteSize()).isEqualTo(CHUNK - MIB / 2);
        assertThat(store.put(blob(key), content(3 * MIB)).byteSize()).isEqualTo(3 * MIB);
    }

    @Test
    void put_manyAtOnce_memoryOfOneChunk_allAreStored() throws Exception {
        GcsBlobStore store = store(CHUNK, Duration.ofMinutes(5));
        List<String> keys = new ArrayList<>();

        List<Future<BlobInfo>> uploads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String key = key();
            keys.add(key);
            uploads.add(clients.submit(() -> store.put(blob(key), content(2 * CHUNK + 1))));
        }

        for (Future<BlobInfo> upload : uploads) {
            assertThat(upload.get(90, TimeUnit.SECONDS).byteSize()).isEqualTo(2 * CHUNK + 1);
        }
        try (InputStream stored = store.open(keys.get(7), ByteRange.whole())) {
            assertThat(stored).hasSameContentAs(content(2 * CHUNK + 1));
        }
    }

    /** As when the heap is at its end: whoever asks for more memory gets an Error. */
    @Test
    void put_error_leavesNothingUnfinished() {
        GcsBlobStore store = store(2 * CHUNK, Duration.ZERO);
        OutOfMemoryError error = new OutOfMemoryError("of the test");
        String key = key();
        InputStream content = new SequenceInputStream(content(CHUNK + MIB), new InputStream() {
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

        assertThat(error.getSuppressed()).isEmpty();
        assertThat(store.stat(key)).isNull();
        assertThat(gcs.server().openSessions(GcsFixture.BUCKET)).isZero();
    }

    private static GcsBlobStore store(long bufferByteSize, Duration patience) {
        return gcs.newStore()
                .chunkByteSize(CHUNK)
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

    private static InputStream content(int size) {
        return new ByteArrayInputStream(CONTENT, 0, size);
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
        return new SequenceInputStream(new SequenceInputStream(content(first), pause), content(rest));
    }
}
