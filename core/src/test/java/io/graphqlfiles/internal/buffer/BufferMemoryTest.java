package io.graphqlfiles.internal.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class BufferMemoryTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    @Test
    void take_givesWhatIsFree() {
        BufferMemory memory = memory(100, Duration.ZERO);
        BufferMemory.Share share = share(memory, 60);

        share.take(40);
        share.take(20);

        assertThat(memory.free()).isEqualTo(40);
        share.close();
        share.close();
        assertThat(memory.free()).isEqualTo(100);
    }

    @Test
    void take_nothingFree_failsAndMayBeTriedAgain() {
        BufferMemory memory = memory(100, Duration.ZERO);
        BufferMemory.Share first = share(memory, 100);
        BufferMemory.Share second = share(memory, 100);
        first.take(100);

        assertThatExceptionOfType(UploadFailure.class)
                .isThrownBy(() -> second.take(1))
                .withMessage("expected memory for more of the upload, found all in use")
                .matches(UploadFailure::isRetryable);

        first.close();
        second.take(1);
        assertThat(memory.free()).isEqualTo(99);
    }

    /** Two of 100 that hold 60 and 40 and want the rest would wait for each other for ever. */
    @Test
    void take_thatWouldLeaveTooLittleForAnyToEnd_waits() {
        BufferMemory memory = memory(100, Duration.ZERO);
        BufferMemory.Share first = share(memory, 100);
        BufferMemory.Share second = share(memory, 100);
        first.take(60);

        assertThatExceptionOfType(UploadFailure.class).isThrownBy(() -> second.take(40));

        first.take(40);
        assertThat(memory.free()).isZero();
    }

    @Test
    void take_asMuchAsLetsTheOthersEnd_isGiven() {
        BufferMemory memory = memory(100, Duration.ZERO);
        BufferMemory.Share first = share(memory, 60);
        BufferMemory.Share second = share(memory, 100);
        first.take(50);

        second.take(40);

        assertThat(memory.free()).isEqualTo(10);
    }

    /** What is being sent wants no more, and will be given back. */
    @Test
    void take_othersHaveSettled_isGiven() {
        BufferMemory memory = memory(100, Duration.ZERO);
        BufferMemory.Share first = share(memory, 100);
        BufferMemory.Share second = share(memory, 100);
        first.take(60);
        first.settle();

        second.take(40);

        assertThat(memory.free()).isZero();
    }

    @Test
    void take_waits_goesOnWhenOthersGiveBack() throws Exception {
        BufferMemory memory = memory(100, LONG);
        BufferMemory.Share first = share(memory, 100);
        BufferMemory.Share second = share(memory, 100);
        first.take(100);

        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> second.take(100));
        assertThat(waiting).isNotDone();
        first.close();

        waiting.get(30, TimeUnit.SECONDS);
        assertThat(memory.free()).isZero();
    }

    @Test
    void take_interrupted_failsAndLeavesTheThreadInterrupted() {
        BufferMemory memory = memory(100, LONG);
        share(memory, 100).take(100);
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(UploadFailure.class)
                .isThrownBy(() -> share(memory, 10).take(10))
                .withMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void share_ofMoreThanThereIs_isRefused() {
        assertThatExceptionOfType(UploadFailure.class)
                .isThrownBy(() -> share(memory(100, LONG), 101))
                .matches(failure -> !failure.isRetryable());
    }

    /** Twenty uploads of unlike parts, all at once, in memory for little more than one: none waits for ever. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void take_byManyAtOnce_allEnd(long seed) throws Exception {
        BufferMemory memory = memory(120, LONG);
        ExecutorService threads = Executors.newFixedThreadPool(20);
        try {
            List<Future<?>> uploads = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Random random = new Random(seed * 100 + i);
                uploads.add(threads.submit(() -> upload(memory, random)));
            }
            for (Future<?> upload : uploads) {
                upload.get(30, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(memory.free()).isEqualTo(120);
    }

    private static void upload(BufferMemory memory, Random random) {
        for (int part = 0; part < 200; part++) {
            int most = 1 + random.nextInt(100);
            int ends = random.nextInt(most + 1);
            try (BufferMemory.Share share = share(memory, most)) {
                for (int taken = 0; taken < ends; ) {
                    int next = Math.min(1 + random.nextInt(10), ends - taken);
                    share.take(next);
                    taken += next;
                }
                share.settle();
            }
        }
    }

    private static BufferMemory memory(long byteSize, Duration patience) {
        return new BufferMemory(byteSize, patience);
    }

    private static BufferMemory.Share share(BufferMemory memory, long most) {
        return memory.share(most, UploadFailure.FAILURES);
    }
}
