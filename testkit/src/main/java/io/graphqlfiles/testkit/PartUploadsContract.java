package io.graphqlfiles.testkit;

import static io.graphqlfiles.testkit.FaultyStreams.closing;
import static io.graphqlfiles.testkit.FaultyStreams.failing;
import static io.graphqlfiles.testkit.GeneratedInputStream.bytes;
import static io.graphqlfiles.testkit.GeneratedInputStream.hash;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobIntegrityException;
import io.graphqlfiles.spi.BlobNotFoundException;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.spi.CopyRequest;
import io.graphqlfiles.spi.PartUpload;
import io.graphqlfiles.spi.PartUploadRequest;
import io.graphqlfiles.spi.PartUploads;
import io.graphqlfiles.spi.PutPartRequest;
import io.graphqlfiles.spi.UploadedPart;
import io.graphqlfiles.spi.Visibility;
import io.graphqlfiles.testkit.Racers.Outcome;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every store must do that implements {@link PartUploads} in addition to {@link BlobStore}, as tests. A store
 * proves itself with a class of a few lines, as with {@link BlobStoreContract}:
 *
 * <pre>{@code
 * class MyPartUploadsTest extends PartUploadsContract {
 *     @Override
 *     protected BlobStore createStore() {
 *         return new MyBlobStore(client, "bucket");
 *     }
 * }
 * }</pre>
 *
 * <p>Each test works on fresh random keys, so the store need not be empty, but one test removes all unfinished writes
 * of the store: nothing else may upload to it meanwhile. The tests delete nothing of what they stored. Most uploads
 * have one part of the smallest size that the store takes and a shorter one; about 300 MB are written in all where that
 * size is 5 MiB.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class PartUploadsContract {

    private static final int TAIL = 70_000;
    private static final int RACERS = 8;
    private static final String PNG = "image/png";
    private static final Instant FAR_AWAY = Instant.parse("9000-01-01T00:00:00Z");

    private BlobStore store = new InMemoryBlobStore();
    private @Nullable PartUploads uploads;
    private String key = "";
    private int partByteSize;

    /**
     * Gives the store to be tested, which must be {@link PartUploads} too. Called before every test, in the thread of
     * the test; whoever opens something for it closes it in an {@code @AfterEach} method of its own.
     */
    protected abstract BlobStore createStore() throws Exception;

    /**
     * Whether the store's server refuses a part for an upload that was aborted before the part began. Default true. A
     * stand-in for the real server may take it; such a subclass returns false, and the contract then asks only that no
     * blob comes of it.
     */
    protected boolean refusesPartsAfterAbort() {
        return true;
    }

    @BeforeEach
    final void prepare() throws Exception {
        store = createStore();
        if (!(store instanceof PartUploads takesParts)) {
            throw new AssertionError("createStore: expected a store that is PartUploads, found " + store);
        }
        uploads = takesParts;
        key = freshKey();
        long smallest = takesParts.partLimits().minPartByteSize();
        assertThat(smallest).as("smallest part").isBetween(1L, 64L * 1024 * 1024);
        // Not smaller than two of the buffers that streams are read with.
        partByteSize = (int) Math.max(smallest, 150_000);
    }

    @Nested
    class Begin {

        @Test
        void beginParts_namesTheKey() {
            assertThat(begin(1000).key()).isEqualTo(key);
        }

        @Test
        void beginParts_isInvisible() {
            begin(1000);

            assertInvisible();
        }

        @Test
        void beginParts_noPartHasArrived() {
            assertThat(uploads().listParts(begin(1000))).isEmpty();
        }

        @Test
        void beginParts_twoUploads_areApart() throws IOException {
            String firstKey = key;
            PartUpload first = begin(1000);
            key = freshKey();
            PartUpload second = begin(1000);

            put(first, 1, bytes(1, 1000));

            assertThat(uploads().listParts(second)).isEmpty();
            put(second, 1, bytes(2, 1000));
            complete(first);
            complete(second);
            assertThat(read(firstKey)).isEqualTo(bytes(1, 1000));
            assertThat(read(key)).isEqualTo(bytes(2, 1000));
        }

        @Test
        void partLimits_staySame() {
            PartUploads.Limits limits = uploads().partLimits();

            assertThat(uploads().partLimits()).isEqualTo(limits);
            assertThat(limits.maxParts()).isGreaterThan(1);
            assertThat(limits.maxByteSize()).isGreaterThanOrEqualTo(limits.minPartByteSize());
        }
    }

    @Nested
    class Put {

        @ParameterizedTest
        @ValueSource(ints = {1, 65_536, 300_000})
        void putPart_oneShortPart(int size) throws IOException {
            PartUpload upload = begin(size);

            UploadedPart part = put(upload, 1, bytes(10, size));

            assertThat(part.number()).isEqualTo(1);
            assertThat(part.byteSize()).isEqualTo(size);
            assertThat(uploads().listParts(upload)).containsExactly(part);
            complete(upload);
            assertThat(read(key)).isEqualTo(bytes(10, size));
        }

        @Test
        void putPart_outOfOrder_listedInOrder() throws IOException {
            byte[] content = bytes(11, 2 * partByteSize + TAIL);
            PartUpload upload = begin(content.length);

            UploadedPart third = put(upload, 3, part(content, 3));
            UploadedPart first = put(upload, 1, part(content, 1));
            assertThat(uploads().listParts(upload)).containsExactly(first, third);
            UploadedPart second = put(upload, 2, part(content, 2));

            assertThat(uploads().listParts(upload)).containsExactly(first, second, third);
            complete(upload);
            assertThat(hash(store.open(key, ByteRange.whole()))).isEqualTo(hash(new ByteArrayInputStream(content)));
        }

        @Test
        void putPart_inParallel() throws Exception {
            byte[] content = bytes(12, 3 * partByteSize + TAIL);
            PartUpload upload = begin(content.length);

            List<Outcome<UploadedPart>> outcomes = Racers.race(4, i -> () -> put(upload, i + 1, part(content, i + 1)));

            assertThat(outcomes)
                    .allSatisfy(outcome -> assertThat(outcome.failure()).isNull());
            assertThat(uploads().listParts(upload))
                    .containsExactlyElementsOf(outcomes.stream()
                            .map(outcome -> requireNonNull(outcome.value()))
                            .toList());
            complete(upload);
            assertThat(hash(store.open(key, ByteRange.whole()))).isEqualTo(hash(new ByteArrayInputStream(content)));
        }

        @Test
        void putPart_streamGivesFewBytesAtATime() throws IOException {
            PartUpload upload = begin(10_000);

            uploads()
                    .putPart(
                            new PutPartRequest(upload, 1, 10_000),
                            new FilterInputStream(new GeneratedInputStream(13, 10_000)) {
                                @Override
                                public int read(byte[] buffer, int offset, int length) throws IOException {
                                    return super.read(buffer, offset, Math.min(length, 7));
                                }

                                @Override
                                public int available() {
                                    return 0;
                                }
                            });

            complete(upload);
            assertThat(read(key)).isEqualTo(bytes(13, 10_000));
        }

        @Test
        void putPart_again_replacesIt() throws IOException {
            byte[] content = bytes(14, partByteSize + TAIL);
            PartUpload upload = begin(content.length);
            UploadedPart before = put(upload, 1, bytes(15, partByteSize));
            put(upload, 2, part(content, 2));

            UploadedPart after = put(upload, 1, part(content, 1));

            assertThat(after.version()).isNotEqualTo(before.version());
            assertThat(uploads().listParts(upload)).hasSize(2).startsWith(after);
            complete(upload);
            assertThat(hash(store.open(key, ByteRange.whole()))).isEqualTo(hash(new ByteArrayInputStream(content)));
        }

        @Test
        void putPart_sameBytesAgain_isOnePart() throws IOException {
            PartUpload upload = begin(1000);
            put(upload, 1, bytes(16, 1000));

            UploadedPart again = put(upload, 1, bytes(16, 1000));

            assertThat(uploads().listParts(upload)).containsExactly(again);
            complete(upload);
            assertThat(read(key)).isEqualTo(bytes(16, 1000));
        }

        @Test
        void putPart_race_onePartIsLeft() throws Exception {
            PartUpload upload = begin(100_000);

            List<Outcome<UploadedPart>> outcomes =
                    Racers.race(RACERS, i -> () -> put(upload, 1, bytes(100 + i, 100_000)));

            assertThat(outcomes)
                    .allSatisfy(outcome -> assertThat(outcome.failure()).isNull());
            List<UploadedPart> parts = uploads().listParts(upload);
            assertThat(parts).hasSize(1);
            int winner = outcomes.stream()
                    .map(outcome -> requireNonNull(outcome.value()).version())
                    .toList()
                    .indexOf(parts.get(0).version());
            complete(upload);
            assertThat(read(key)).isEqualTo(bytes(100 + winner, 100_000));
        }

        @ParameterizedTest
        @CsvSource({"1,0", "100,99", "70000,65536", "70000,0", "99,100", "65536,65537", "100,100000"})
        void putPart_wrongLength(int promised, int actual) throws IOException {
            PartUpload upload = begin(promised);

            assertThatExceptionOfType(BlobIntegrityException.class)
                    .isThrownBy(() -> uploads()
                            .putPart(new PutPartRequest(upload, 1, promised), new GeneratedInputStream(17, actual)))
                    .satisfies(e -> assertThat(e.key()).isEqualTo(key));

            assertThat(uploads().listParts(upload)).isEmpty();
            put(upload, 1, bytes(18, promised));
            complete(upload);
            assertThat(read(key)).isEqualTo(bytes(18, promised));
        }

        @ParameterizedTest
        @ValueSource(ints = {99_999, 100_001})
        void putPart_wrongLength_leavesThePartAsItWas(int actual) throws IOException {
            PartUpload upload = begin(100_000);
            UploadedPart before = put(upload, 1, bytes(19, 100_000));

            assertThatExceptionOfType(BlobIntegrityException.class)
                    .isThrownBy(() -> uploads()
                            .putPart(new PutPartRequest(upload, 1, 100_000), new GeneratedInputStream(20, actual)));

            assertThat(uploads().listParts(upload)).containsExactly(before);
            complete(upload);
            assertThat(read(key)).isEqualTo(bytes(19, 100_000));
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 100, 140_000})
        void putPart_streamFails(int after) throws IOException {
            byte[] content = bytes(21, partByteSize + TAIL);
            PartUpload upload = begin(content.length);
            IOException failure = new IOException("the client went away");
            RuntimeException unchecked = new IllegalStateException("over the limit");

            assertThat(catchThrowable(() ->
                            uploads().putPart(new PutPartRequest(upload, 1, partByteSize), failing(after, failure))))
                    .isSameAs(failure);
            assertThat(catchThrowable(() ->
                            uploads().putPart(new PutPartRequest(upload, 1, partByteSize), failing(after, unchecked))))
                    .isSameAs(unchecked);

            assertThat(uploads().listParts(upload)).isEmpty();
            put(upload, 1, part(content, 1));
            put(upload, 2, part(content, 2));
            complete(upload);
            assertThat(hash(store.open(key, ByteRange.whole()))).isEqualTo(hash(new ByteArrayInputStream(content)));
        }

        @Test
        void putPart_streamFails_leavesThePartAsItWas() throws IOException {
            PartUpload upload = begin(100_000);
            UploadedPart before = put(upload, 1, bytes(22, 100_000));
            IOException failure = new IOException("the client went away");

            assertThat(catchThrowable(
                            () -> uploads().putPart(new PutPartRequest(upload, 1, 100_000), failing(70_000, failure))))
                    .isSameAs(failure);

            assertThat(uploads().listParts(upload)).containsExactly(before);
            complete(upload);
            assertThat(read(key)).isEqualTo(bytes(22, 100_000));
        }

        @Test
        void putPart_streamIsNotClosed() throws IOException {
            PartUpload upload = begin(100);
            AtomicBoolean closed = new AtomicBoolean();

            uploads().putPart(new PutPartRequest(upload, 1, 100), closing(new GeneratedInputStream(23, 100), closed));
            assertThatExceptionOfType(BlobIntegrityException.class)
                    .isThrownBy(() -> uploads()
                            .putPart(
                                    new PutPartRequest(upload, 1, 100),
                                    closing(new GeneratedInputStream(23, 200), closed)));
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> uploads()
                            .putPart(
                                    new PutPartRequest(upload, 1, 100),
                                    closing(failing(10, new IOException()), closed)));

            assertThat(closed).isFalse();
        }

        @Test
        void putPart_unfinished_isNotListed() throws Exception {
            PartUpload upload = begin(100_000);
            try (BlockingContent content = new BlockingContent(bytes(24, 100_000))) {
                Thread writer = content.write(in -> uploads().putPart(new PutPartRequest(upload, 1, 100_000), in));

                assertThat(uploads().listParts(upload)).isEmpty();

                content.release();
                writer.join();
                assertThat(content.failure()).isNull();
                assertThat(uploads().listParts(upload)).hasSize(1);
            }
        }

        @Test
        void putPart_unfinishedReplacement_leavesThePartUntilThen() throws Exception {
            PartUpload upload = begin(100_000);
            UploadedPart before = put(upload, 1, bytes(25, 100_000));
            try (BlockingContent content = new BlockingContent(bytes(26, 100_000))) {
                Thread writer = content.write(in -> uploads().putPart(new PutPartRequest(upload, 1, 100_000), in));

                assertThat(uploads().listParts(upload)).containsExactly(before);
                complete(upload);
                assertThat(read(key)).isEqualTo(bytes(25, 100_000));

                content.release();
                writer.join();
                // Too late, whatever it was answered: what is complete does not change.
                assertThat(read(key)).isEqualTo(bytes(25, 100_000));
            }
        }

        @Test
        void putPart_interruptedThread_staysInterrupted() throws IOException {
            PartUpload upload = begin(100_000);

            Thread.currentThread().interrupt();
            Throwable failure = catchThrowable(() -> put(upload, 1, bytes(27, 100_000)));

            assertThat(Thread.interrupted()).isTrue();
            if (failure == null) {
                assertThat(uploads().listParts(upload)).hasSize(1);
            } else {
                assertThat(failure).isInstanceOf(BlobStoreException.class);
                assertThat(uploads().listParts(upload)).isEmpty();
            }
        }

        @Test
        void putPart_isInvisible() throws IOException {
            PartUpload upload = begin(partByteSize + TAIL);

            put(upload, 1, bytes(28, partByteSize));
            assertInvisible();
            put(upload, 2, bytes(28, TAIL));
            assertInvisible();
        }
    }

    @Nested
    class Complete {

        @Test
        void completeParts_makesTheBlob() throws IOException {
            PartUpload upload = begin(1000);
            put(upload, 1, bytes(30, 1000));

            BlobInfo info = complete(upload);

            assertThat(info.key()).isEqualTo(key);
            assertThat(info.byteSize()).isEqualTo(1000);
            assertThat(info.version()).matches("[\\x21-\\x7e&&[^\"]]+");
            assertThat(info.contentDisposition()).isEqualTo("attachment");
            assertThat(keys()).containsExactly(key);
        }

        @ParameterizedTest
        @ValueSource(strings = {"image/png", "text/plain; charset=utf-8", "application/x-odd+thing; a=\"b: c\""})
        void completeParts_contentType_isKeptExactly(String contentType) throws IOException {
            PartUpload upload = uploads().beginParts(new PartUploadRequest(key, 10, partByteSize, contentType));
            put(upload, 1, bytes(31, 10));

            assertThat(complete(upload).contentType()).isEqualTo(contentType);
        }

        @Test
        void completeParts_canBeCopiedAndRead() throws IOException {
            byte[] content = bytes(32, partByteSize + TAIL);
            PartUpload upload = begin(content.length);
            put(upload, 1, part(content, 1));
            put(upload, 2, part(content, 2));
            BlobInfo info = complete(upload);
            String copy = freshKey();

            store.copy(new CopyRequest(info, copy, PNG, "inline", Visibility.PRIVATE));

            assertThat(hash(store.open(copy, ByteRange.whole()))).isEqualTo(hash(new ByteArrayInputStream(content)));
            assertThat(read(key, new ByteRange(partByteSize - 10L, 20)))
                    .isEqualTo(Arrays.copyOfRange(content, partByteSize - 10, partByteSize + 10));
        }

        @Test
        void completeParts_again_isTheSameBlob() throws IOException {
            PartUpload upload = begin(1000);
            put(upload, 1, bytes(33, 1000));
            List<UploadedPart> parts = uploads().listParts(upload);
            BlobInfo first = complete(upload, parts);

            BlobInfo second = complete(upload, parts);

            assertThat(second).isEqualTo(first);
            assertThat(read(key)).isEqualTo(bytes(33, 1000));
        }

        @Test
        void completeParts_race_oneBlob() throws Exception {
            byte[] content = bytes(34, partByteSize + TAIL);
            PartUpload upload = begin(content.length);
            put(upload, 1, part(content, 1));
            put(upload, 2, part(content, 2));
            List<UploadedPart> parts = uploads().listParts(upload);

            List<Outcome<BlobInfo>> outcomes = Racers.race(RACERS, i -> () -> complete(upload, parts));

            String version = requireNonNull(store.stat(key)).version();
            assertThat(outcomes)
                    .anySatisfy(outcome -> assertThat(outcome.value()).isNotNull());
            assertThat(outcomes).allSatisfy(outcome -> {
                if (outcome.value() != null) {
                    assertThat(outcome.value().version()).isEqualTo(version);
                } else {
                    assertThat(outcome.failure()).isInstanceOf(BlobStoreException.class);
                }
            });
            assertThat(hash(store.open(key, ByteRange.whole()))).isEqualTo(hash(new ByteArrayInputStream(content)));
            assertThat(keys()).containsExactly(key);
        }

        @Test
        void completeParts_blobDeletedSince() throws IOException {
            PartUpload upload = begin(1000);
            put(upload, 1, bytes(35, 1000));
            List<UploadedPart> parts = uploads().listParts(upload);
            uploads().completeParts(upload, parts);
            store.delete(List.of(key));

            assertThatExceptionOfType(BlobNotFoundException.class)
                    .isThrownBy(() -> uploads().completeParts(upload, parts))
                    .satisfies(e -> assertThat(e.key()).isEqualTo(key));
            assertInvisible();
        }

        @Test
        void completeParts_partMissing_partsStay() throws IOException {
            byte[] content = bytes(36, partByteSize + TAIL);
            PartUpload upload = begin(content.length);
            UploadedPart first = put(upload, 1, part(content, 1));
            UploadedPart made = new UploadedPart(2, TAIL, first.version());

            assertThatExceptionOfType(BlobIntegrityException.class)
                    .isThrownBy(() -> uploads().completeParts(upload, List.of(first, made)))
                    .satisfies(e -> assertThat(e.key()).isEqualTo(key));

            assertInvisible();
            assertThat(uploads().listParts(upload)).containsExactly(first);
            put(upload, 2, part(content, 2));
            complete(upload);
            assertThat(hash(store.open(key, ByteRange.whole()))).isEqualTo(hash(new ByteArrayInputStream(content)));
        }

        @Test
        void completeParts_gap_partsStay() throws IOException {
            byte[] content = bytes(37, 2 * partByteSize + TAIL);
            PartUpload upload = begin(content.length);
            UploadedPart first = put(upload, 1, part(content, 1));
            UploadedPart third = put(upload, 3, part(content, 3));

            assertThatExceptionOfType(BlobIntegrityException.class)
                    .isThrownBy(() -> uploads().completeParts(upload, List.of(first, third)));

            assertInvisible();
            assertThat(uploads().listParts(upload)).containsExactly(first, third);
        }

        @Test
        void completeParts_partReplacedSinceListed_partsStay() throws IOException {
            byte[] content = bytes(38, partByteSize + TAIL);
            PartUpload upload = begin(content.length);
            put(upload, 1, part(content, 1));
            put(upload, 2, bytes(39, TAIL));
            List<UploadedPart> listed = uploads().listParts(upload);
            put(upload, 2, part(content, 2));

            assertThatExceptionOfType(BlobIntegrityException.class)
                    .isThrownBy(() -> uploads().completeParts(upload, listed));

            assertInvisible();
            assertThat(uploads().listParts(upload)).hasSize(2);
            complete(upload);
            assertThat(hash(store.open(key, ByteRange.whole()))).isEqualTo(hash(new ByteArrayInputStream(content)));
        }

        @Test
        void completeParts_thenTheUploadIsOver() throws IOException {
            PartUpload upload = begin(1000);
            put(upload, 1, bytes(40, 1000));
            complete(upload);

            assertOver(upload);
        }
    }

    @Nested
    class Abort {

        @Test
        void abortParts_leavesNothing() throws IOException {
            PartUpload upload = begin(1000);
            put(upload, 1, bytes(50, 1000));
            List<UploadedPart> parts = uploads().listParts(upload);

            uploads().abortParts(upload);

            assertOver(upload);
            assertThatExceptionOfType(BlobNotFoundException.class)
                    .isThrownBy(() -> uploads().completeParts(upload, parts))
                    .satisfies(e -> assertThat(e.key()).isEqualTo(key));
            assertInvisible();
        }

        @Test
        void abortParts_twice() throws IOException {
            PartUpload upload = begin(1000);
            put(upload, 1, bytes(51, 1000));
            uploads().abortParts(upload);

            assertThatCode(() -> uploads().abortParts(upload)).doesNotThrowAnyException();
        }

        @Test
        void abortParts_nothingHasArrived() {
            PartUpload upload = begin(1000);

            uploads().abortParts(upload);

            assertOver(upload);
        }

        @Test
        void abortParts_completed_blobStays() throws IOException {
            PartUpload upload = begin(1000);
            put(upload, 1, bytes(52, 1000));
            BlobInfo info = complete(upload);

            uploads().abortParts(upload);

            assertThat(store.stat(key)).isEqualTo(info);
            assertThat(read(key)).isEqualTo(bytes(52, 1000));
        }

        @Test
        void abortParts_otherUpload_isLeftAlone() throws IOException {
            PartUpload given = begin(1000);
            key = freshKey();
            PartUpload kept = begin(1000);
            put(kept, 1, bytes(53, 1000));

            uploads().abortParts(given);

            complete(kept);
            assertThat(read(key)).isEqualTo(bytes(53, 1000));
        }

        @Test
        void putPart_afterAbort() {
            PartUpload upload = begin(1000);
            uploads().abortParts(upload);

            Throwable failure = catchThrowable(() -> put(upload, 1, bytes(54, 1000)));

            if (refusesPartsAfterAbort()) {
                assertThat(failure).isInstanceOf(BlobNotFoundException.class);
            } else if (failure != null) {
                assertThat(failure).isInstanceOf(BlobStoreException.class);
            }
            assertInvisible();
        }

        @Test
        void abortParts_whilePartsArrive_nothingComesOfThem() throws Exception {
            PartUpload upload = begin(100_000);
            try (BlockingContent content = new BlockingContent(bytes(55, 100_000))) {
                Thread writer = content.write(in -> uploads().putPart(new PutPartRequest(upload, 1, 100_000), in));

                uploads().abortParts(upload);

                content.release();
                writer.join();
                assertThat(content.failure())
                        .satisfiesAnyOf(
                                failure -> assertThat(failure).isNull(),
                                failure -> assertThat(failure).isInstanceOf(BlobStoreException.class));
                assertInvisible();
                uploads().abortParts(upload);
                assertOver(upload);
            }
        }
    }

    @Nested
    class RemoveUnfinishedWrites {

        @Test
        void removeUnfinishedWrites_removesWhatWasBegun() throws IOException {
            PartUpload empty = begin(1000);
            key = freshKey();
            PartUpload half = begin(partByteSize + TAIL);
            put(half, 1, bytes(60, partByteSize));

            assertThat(store.removeUnfinishedWrites(FAR_AWAY)).isGreaterThanOrEqualTo(2);

            assertOver(empty);
            assertOver(half);
            assertInvisible();
            assertThat(store.removeUnfinishedWrites(FAR_AWAY)).isZero();
        }

        @Test
        void removeUnfinishedWrites_leavesYoungerUploads() throws IOException {
            PartUpload upload = begin(1000);
            put(upload, 1, bytes(61, 1000));

            assertThat(store.removeUnfinishedWrites(Instant.EPOCH)).isZero();

            complete(upload);
            assertThat(read(key)).isEqualTo(bytes(61, 1000));
        }

        @Test
        void removeUnfinishedWrites_leavesCompletedBlobs() throws IOException {
            PartUpload upload = begin(1000);
            put(upload, 1, bytes(62, 1000));
            complete(upload);

            store.removeUnfinishedWrites(FAR_AWAY);

            assertThat(read(key)).isEqualTo(bytes(62, 1000));
        }
    }

    private PartUploads uploads() {
        return requireNonNull(uploads);
    }

    private static String freshKey() {
        return "contract/" + UUID.randomUUID() + "/blob";
    }

    private PartUpload begin(long byteSize) {
        return uploads().beginParts(new PartUploadRequest(key, byteSize, partByteSize, PNG));
    }

    private UploadedPart put(PartUpload upload, int number, byte[] content) throws IOException {
        return uploads().putPart(new PutPartRequest(upload, number, content.length), new ByteArrayInputStream(content));
    }

    private BlobInfo complete(PartUpload upload) {
        return complete(upload, uploads().listParts(upload));
    }

    private BlobInfo complete(PartUpload upload, List<UploadedPart> parts) {
        uploads().completeParts(upload, parts);
        return requireNonNull(store.stat(upload.key()));
    }

    private byte[] part(byte[] content, int number) {
        int from = (number - 1) * partByteSize;
        return Arrays.copyOfRange(content, from, Math.min(content.length, from + partByteSize));
    }

    private byte[] read(String key) throws IOException {
        return read(key, ByteRange.whole());
    }

    private byte[] read(String key, ByteRange range) throws IOException {
        try (InputStream in = store.open(key, range)) {
            return in.readAllBytes();
        }
    }

    private List<String> keys() {
        List<String> keys = new ArrayList<>();
        String prefix = key.substring(0, key.lastIndexOf('/') + 1);
        String cursor = null;
        do {
            BlobStore.Page page = store.list(prefix, cursor, 1000);
            page.blobs().forEach(blob -> keys.add(blob.key()));
            cursor = page.nextCursor();
        } while (cursor != null);
        return keys;
    }

    private void assertInvisible() {
        assertThat(store.stat(key)).isNull();
        assertThatExceptionOfType(BlobNotFoundException.class).isThrownBy(() -> read(key));
        assertThat(keys()).isEmpty();
    }

    /** Completed, aborted or removed: no part of it is left. */
    private void assertOver(PartUpload upload) {
        try {
            assertThat(uploads().listParts(upload)).isEmpty();
        } catch (BlobNotFoundException permitted) {
            assertThat(permitted.key()).isEqualTo(upload.key());
        }
    }
}
