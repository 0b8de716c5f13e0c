package io.graphqlfiles.testkit;

import static io.graphqlfiles.testkit.FaultyStreams.closing;
import static io.graphqlfiles.testkit.FaultyStreams.failing;
import static io.graphqlfiles.testkit.GeneratedInputStream.bytes;
import static io.graphqlfiles.testkit.GeneratedInputStream.hash;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.graphqlfiles.spi.BlobAlreadyExistsException;
import io.graphqlfiles.spi.BlobHead;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobIntegrityException;
import io.graphqlfiles.spi.BlobNotFoundException;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.spi.CopyRequest;
import io.graphqlfiles.spi.ListingProgress;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.Visibility;
import io.graphqlfiles.testkit.Racers.Outcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.assertj.core.data.TemporalUnitOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link BlobStore} must do, as tests. A store proves itself with a class of a few lines:
 *
 * <pre>{@code
 * class MyBlobStoreTest extends BlobStoreContract {
 *     @Override
 *     protected BlobStore createStore() {
 *         return new MyBlobStore(client, "bucket");
 *     }
 * }
 * }</pre>
 *
 * <p>Each test works below a fresh random prefix, so the store need not be empty and may be shared by all of them. The
 * tests delete nothing of what they stored: use a place that is thrown away. They write about 150 MB in all.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class BlobStoreContract {

    private static final int LARGE = 20 * 1024 * 1024;
    private static final int RACERS = 16;
    private static final String PNG = "image/png";
    private static final TemporalUnitOffset AS_LONG_AS_A_WRITE = within(1, ChronoUnit.MINUTES);
    private static final String INLINE = "inline; filename=\"cat.png\"";

    private String prefix = "";
    private BlobStore store = new InMemoryBlobStore();

    /**
     * Gives the store to be tested. Called before every test, in the thread of the test; whoever opens something for it
     * closes it in an {@code @AfterEach} method of its own.
     */
    protected abstract BlobStore createStore() throws Exception;

    /**
     * Whether {@link BlobStore#copy} leaves alone what is under a taken target key. By default it must; to be
     * overridden where the service that is tested has no such condition for copies.
     */
    protected boolean copiesToFreeKeysOnly() {
        return true;
    }

    @BeforeEach
    final void prepare() throws Exception {
        store = createStore();
        prefix = "contract/" + UUID.randomUUID() + "/";
    }

    @Nested
    class Put {

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 8191, 8192, 8193, 65535, 65536, 65537, 300_000})
        void put_anyLength(int size) throws IOException {
            byte[] content = bytes(1, size);

            BlobInfo known = store.put(blob("known", size), new ByteArrayInputStream(content));
            BlobInfo unknown = store.put(blob("unknown", PutRequest.UNKNOWN_SIZE), new ByteArrayInputStream(content));

            assertThat(known.byteSize()).isEqualTo(size);
            assertThat(unknown.byteSize()).isEqualTo(size);
            assertThat(read("known")).isEqualTo(content);
            assertThat(read("unknown")).isEqualTo(content);
        }

        @ParameterizedTest
        @ValueSource(longs = {LARGE, PutRequest.UNKNOWN_SIZE})
        void put_largeBlob(long promised) throws IOException {
            BlobInfo info = store.put(blob("large", promised), new GeneratedInputStream(2, LARGE));

            assertThat(info.byteSize()).isEqualTo(LARGE);
            assertThat(hash(store.open(key("large"), ByteRange.whole())))
                    .isEqualTo(hash(new GeneratedInputStream(2, LARGE)));
        }

        @Test
        void put_streamGivesFewBytesAtATime() throws IOException {
            byte[] content = bytes(3, 10_000);

            store.put(blob("slow", PutRequest.UNKNOWN_SIZE), new FilterInputStream(new ByteArrayInputStream(content)) {
                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    return super.read(buffer, offset, Math.min(length, 7));
                }

                @Override
                public int available() {
                    return 0;
                }
            });

            assertThat(read("slow")).isEqualTo(content);
        }

        @Test
        void put_tellsWhatStatTells() throws IOException {
            BlobInfo info = put("blob", bytes(4, 100));

            assertThat(info.key()).isEqualTo(key("blob"));
            assertThat(info.byteSize()).isEqualTo(100);
            assertToldAs(stat("blob"), info);
        }

        @Test
        void put_version_isAToken() throws IOException {
            assertThat(put("blob", bytes(4, 100)).version()).matches("[\\x21-\\x7e&&[^\"]]+");
        }

        @Test
        void put_version_changesWithTheBytes() throws IOException {
            String before = put("blob", bytes(5, 100)).version();
            store.delete(List.of(key("blob")));

            assertThat(put("blob", bytes(6, 100)).version()).isNotEqualTo(before);
        }

        @Test
        void put_checksum_isOfTheBytes() throws IOException {
            byte[] content = bytes(7, 100_000);
            CRC32C crc = new CRC32C();
            crc.update(content);

            String checksum = put("blob", content).checksum();

            if (checksum != null) {
                assertThat(checksum).matches("[a-z0-9-]+:[0-9a-f]+");
                if (checksum.startsWith("crc32c:")) {
                    assertThat(checksum).isEqualTo(String.format("crc32c:%08x", crc.getValue()));
                }
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "image/png",
                    "text/plain; charset=utf-8",
                    "text/csv;encoding=unknown",
                    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                    "application/x-odd+thing; a=\"b: c; d=\\\"e\\\"\"; percent=%0A; tilde=~"
                })
        void put_contentType_isKeptExactly(String contentType) throws IOException {
            store.put(
                    new PutRequest(key("blob"), 3, contentType, INLINE, Visibility.PRIVATE),
                    new ByteArrayInputStream(bytes(8, 3)));

            assertThat(stat("blob").contentType()).isEqualTo(contentType);
        }

        @ParameterizedTest
        @MethodSource("io.graphqlfiles.testkit.BlobStoreContract#dispositions")
        void put_contentDisposition_isKeptExactly(String contentDisposition) throws IOException {
            store.put(
                    new PutRequest(key("blob"), 3, PNG, contentDisposition, Visibility.PRIVATE),
                    new ByteArrayInputStream(bytes(8, 3)));

            assertThat(stat("blob").contentDisposition()).isEqualTo(contentDisposition);
        }

        @ParameterizedTest
        @EnumSource
        void put_anyVisibility(Visibility visibility) throws IOException {
            store.put(new PutRequest(key("blob"), 3, PNG, INLINE, visibility), new ByteArrayInputStream(bytes(9, 3)));

            assertThat(read("blob")).isEqualTo(bytes(9, 3));
        }

        @Test
        void put_takenKey() throws IOException {
            BlobInfo first = put("blob", bytes(10, 100));

            assertThatExceptionOfType(BlobAlreadyExistsException.class)
                    .isThrownBy(() -> put("blob", bytes(11, 50)))
                    .satisfies(e -> assertThat(e.key()).isEqualTo(key("blob")))
                    .satisfies(e -> assertThat(e.operation()).isEqualTo("put"));
            assertToldAs(stat("blob"), first);
            assertThat(read("blob")).isEqualTo(bytes(10, 100));
        }

        @Test
        void put_race_oneWins() throws Exception {
            List<Outcome<BlobInfo>> outcomes = Racers.race(RACERS, i -> () -> put("blob", bytes(100 + i, 200_000)));

            int winner = oneWinner(outcomes);
            assertThat(read("blob")).isEqualTo(bytes(100 + winner, 200_000));
            assertThat(list(prefix)).containsExactly(key("blob"));
        }

        @ParameterizedTest
        @CsvSource({"1,0", "100,99", "70000,65536", "70000,0", "1000000,999999"})
        void put_streamEndsEarly(int promised, int actual) {
            assertThatExceptionOfType(BlobIntegrityException.class)
                    .isThrownBy(() -> store.put(blob("blob", promised), new GeneratedInputStream(12, actual)))
                    .satisfies(e -> assertThat(e.key()).isEqualTo(key("blob")));
            assertNothingIsLeft("blob");
        }

        @ParameterizedTest
        @CsvSource({"0,1", "99,100", "65536,65537", "0,70000", "100,1000000"})
        void put_streamGoesOn(int promised, int actual) {
            assertThatExceptionOfType(BlobIntegrityException.class)
                    .isThrownBy(() -> store.put(blob("blob", promised), new GeneratedInputStream(13, actual)))
                    .satisfies(e -> assertThat(e.key()).isEqualTo(key("blob")));
            assertNothingIsLeft("blob");
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 100, 100_000, 6_000_000})
        void put_streamFails(int after) {
            IOException failure = new IOException("the client went away");

            assertThat(catchThrowable(() -> store.put(blob("known", LARGE), failing(after, failure))))
                    .isSameAs(failure);
            assertThat(catchThrowable(
                            () -> store.put(blob("unknown", PutRequest.UNKNOWN_SIZE), failing(after, failure))))
                    .isSameAs(failure);
            assertNothingIsLeft("known");
            assertNothingIsLeft("unknown");
        }

        @Test
        void put_streamFailsUnchecked() {
            RuntimeException failure = new IllegalStateException("over the limit");

            assertThat(catchThrowable(() -> store.put(blob("blob", LARGE), failing(100_000, failure))))
                    .isSameAs(failure);
            assertNothingIsLeft("blob");
        }

        @Test
        void put_streamIsNotClosed() throws IOException {
            AtomicBoolean closed = new AtomicBoolean();

            store.put(blob("blob", 100), closing(new GeneratedInputStream(14, 100), closed));
            assertThatExceptionOfType(BlobIntegrityException.class)
                    .isThrownBy(
                            () -> store.put(blob("longer", 50), closing(new GeneratedInputStream(14, 100), closed)));
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> store.put(blob("fails", 50), closing(failing(10, new IOException()), closed)));

            assertThat(closed).isFalse();
        }

        @Test
        void put_unfinished_isInvisible() throws Exception {
            put("finished", bytes(15, 10));
            try (BlockingContent content = new BlockingContent(bytes(16, 100_000))) {
                Thread writer = content.write(store, blob("blob", PutRequest.UNKNOWN_SIZE));

                assertThat(store.stat(key("blob"))).isNull();
                assertThatExceptionOfType(BlobNotFoundException.class).isThrownBy(() -> read("blob"));
                assertThat(list(prefix)).containsExactly(key("finished"));
                store.delete(List.of(key("blob")));

                content.release();
                writer.join();
                assertThat(content.failure()).isNull();
                assertThat(read("blob")).isEqualTo(bytes(16, 100_000));
                assertThat(list(prefix)).containsExactlyInAnyOrder(key("blob"), key("finished"));
            }
        }

        @Test
        void put_interruptedThread_staysInterrupted() throws IOException {
            Thread.currentThread().interrupt();
            Throwable failure = catchThrowable(() -> put("blob", bytes(17, 100_000)));

            assertThat(Thread.interrupted()).isTrue();
            if (failure == null) {
                assertThat(read("blob")).isEqualTo(bytes(17, 100_000));
            } else {
                assertThat(failure).isInstanceOf(BlobStoreException.class);
                assertNothingIsLeft("blob");
            }
        }
    }

    @Nested
    class Open {

        @Test
        void open_missingKey() {
            assertThatExceptionOfType(BlobNotFoundException.class)
                    .isThrownBy(() -> store.open(key("missing"), ByteRange.whole()))
                    .satisfies(e -> assertThat(e.key()).isEqualTo(key("missing")))
                    .satisfies(e -> assertThat(e.operation()).isEqualTo("open"));
        }

        @ParameterizedTest
        @CsvSource({
            "0, 1",
            "0, 99999",
            "0, 100000",
            "0, 100001",
            "0, 9223372036854775807",
            "1, 9223372036854775807",
            "1, 1",
            "99999, 1",
            "99999, 2",
            "100000, 1",
            "100001, 5",
            "9223372036854775807, 9223372036854775807",
            "50000, 10",
            "65535, 2",
            "8191, 8194"
        })
        void open_range(long offset, long length) throws IOException {
            byte[] content = bytes(20, 100_000);
            put("blob", content);

            int from = (int) Math.min(offset, content.length);
            int to = from + (int) Math.min(length, content.length - from);
            assertThat(read("blob", new ByteRange(offset, length))).isEqualTo(Arrays.copyOfRange(content, from, to));
        }

        @Test
        void open_rangeOfEmptyBlob() throws IOException {
            put("blob", new byte[0]);

            assertThat(read("blob", ByteRange.whole())).isEmpty();
            assertThat(read("blob", ByteRange.first(1))).isEmpty();
            assertThat(read("blob", new ByteRange(1, 1))).isEmpty();
        }

        @Test
        void open_rangeOfLargeBlob() throws IOException {
            put("blob", bytes(21, LARGE));

            assertThat(read("blob", new ByteRange(LARGE / 2, 1000)))
                    .isEqualTo(Arrays.copyOfRange(bytes(21, LARGE), LARGE / 2, LARGE / 2 + 1000));
        }

        @Test
        void open_anyWayOfReading() throws IOException {
            byte[] content = bytes(22, 20_000);
            put("blob", content);

            try (InputStream in = store.open(key("blob"), new ByteRange(10, 15_000))) {
                assertThat(in.read()).isEqualTo(content[10] & 0xff);
                in.skipNBytes(9);
                byte[] some = in.readNBytes(80);
                assertThat(some).isEqualTo(Arrays.copyOfRange(content, 20, 100));
                assertThat(in.read(new byte[0])).isZero();
                ByteArrayOutputStream rest = new ByteArrayOutputStream();
                in.transferTo(rest);
                assertThat(rest.toByteArray()).isEqualTo(Arrays.copyOfRange(content, 100, 15_010));
                assertThat(in.read()).isEqualTo(-1);
                assertThat(in.read(new byte[10])).isEqualTo(-1);
                assertThat(in.skip(1)).isZero();
            }
        }

        @Test
        void open_twice_independentStreams() throws IOException {
            byte[] content = bytes(23, 20_000);
            put("blob", content);

            try (InputStream first = store.open(key("blob"), ByteRange.whole());
                    InputStream second = store.open(key("blob"), ByteRange.whole())) {
                assertThat(first.readNBytes(10_000)).isEqualTo(Arrays.copyOf(content, 10_000));
                assertThat(second.readAllBytes()).isEqualTo(content);
                assertThat(first.readAllBytes()).isEqualTo(Arrays.copyOfRange(content, 10_000, 20_000));
            }
        }

        @Test
        void open_deletedWhileOpen_neverEndsEarlyUnnoticed() throws IOException {
            put("blob", bytes(24, LARGE));

            try (InputStream in = store.open(key("blob"), ByteRange.whole())) {
                assertThat(in.read()).isNotNegative();
                try {
                    store.delete(List.of(key("blob")));
                } catch (BlobStoreException permitted) {
                    // Some file systems do not delete what is open.
                }
                long length = 1;
                try {
                    for (byte[] buffer = new byte[8192]; ; ) {
                        int read = in.read(buffer);
                        if (read < 0) {
                            break;
                        }
                        length += read;
                    }
                } catch (IOException permitted) {
                    return;
                }
                assertThat(length).isEqualTo(LARGE);
            }
        }
    }

    @Nested
    class Stat {

        @Test
        void stat_missingKey() {
            assertThat(store.stat(key("missing"))).isNull();
        }

        @Test
        void stat_tellsAll() throws IOException {
            put("blob", bytes(30, 1234));

            BlobInfo info = stat("blob");

            assertThat(info.key()).isEqualTo(key("blob"));
            assertThat(info.byteSize()).isEqualTo(1234);
            assertThat(info.contentType()).isEqualTo(PNG);
            assertThat(info.contentDisposition()).isEqualTo(INLINE);
        }

        @Test
        void stat_deletedKey() throws IOException {
            put("blob", bytes(31, 10));
            store.delete(List.of(key("blob")));

            assertThat(store.stat(key("blob"))).isNull();
        }
    }

    @Nested
    class Head {

        @ParameterizedTest
        @CsvSource({"0, 1000", "1, 1000", "999, 1000", "1000, 1000", "1001, 1000", "300000, 1000", "300000, 65536"})
        void head_tellsFactsAndFirstBytes(int size, int length) throws IOException {
            byte[] content = bytes(35, size);
            put("blob", content);

            BlobHead head = requireNonNull(store.head(key("blob"), length));

            assertToldAs(stat("blob"), head.info());
            assertThat(head.bytes()).isEqualTo(Arrays.copyOf(content, Math.min(size, length)));
        }

        @Test
        void head_missingKey() throws IOException {
            assertThat(store.head(key("missing"), 10)).isNull();
        }

        @Test
        void head_canBeCopied() throws IOException {
            put("source", bytes(36, 5000));
            BlobHead head = requireNonNull(store.head(key("source"), 100));

            copy(head.info(), "target");

            assertThat(read("target")).isEqualTo(bytes(36, 5000)).startsWith(head.bytes());
        }

        @Test
        void head_whileReplaced_isOfOneVersion() throws Exception {
            List<byte[]> contents = List.of(bytes(37, 5000), bytes(38, 6000));
            put("blob", contents.get(0));

            List<Outcome<Optional<BlobHead>>> outcomes = Racers.race(5, i -> () -> {
                if (i == 0) {
                    store.delete(List.of(key("blob")));
                    put("blob", contents.get(1));
                }
                return Optional.ofNullable(store.head(key("blob"), 1000));
            });

            assertThat(outcomes).allSatisfy(outcome -> {
                if (outcome.value() == null) {
                    assertThat(outcome.failure()).isInstanceOf(BlobIntegrityException.class);
                    return;
                }
                outcome.value().ifPresent(head -> {
                    byte[] content = contents.get(head.info().byteSize() == 5000 ? 0 : 1);
                    assertThat(head.info().byteSize()).isEqualTo(content.length);
                    assertThat(head.bytes()).isEqualTo(Arrays.copyOf(content, 1000));
                });
            });
        }

        @Test
        void head_badKey() {
            assertThatIllegalArgumentException().isThrownBy(() -> store.head("../blob", 10));
        }
    }

    @Nested
    class Copy {

        @ParameterizedTest
        @ValueSource(strings = {"text/csv;charset=shift_jis", "text/csv;encoding=unknown"})
        void copy_contentType_isKeptExactly(String contentType) throws IOException {
            BlobInfo source = put("source", bytes(40, 100));

            BlobInfo target =
                    store.copy(new CopyRequest(source, key("target"), contentType, INLINE, Visibility.PRIVATE));

            assertThat(target.contentType()).isEqualTo(contentType);
            assertThat(stat("target").contentType()).isEqualTo(contentType);
        }

        @Test
        void copy_sameBytes_newAttributes() throws IOException {
            BlobInfo source = put("source", bytes(40, 100_000));

            BlobInfo target = copy(source, "target");

            assertThat(target.key()).isEqualTo(key("target"));
            assertThat(target.byteSize()).isEqualTo(100_000);
            assertThat(target.contentType()).isEqualTo("application/pdf");
            assertThat(target.contentDisposition()).isEqualTo("attachment");
            assertThat(target.checksum()).isEqualTo(source.checksum());
            assertToldAs(stat("target"), target);
            assertThat(read("target")).isEqualTo(bytes(40, 100_000));
        }

        @Test
        void copy_leavesTheSource() throws IOException {
            BlobInfo source = put("source", bytes(41, 1000));

            copy(source, "target");

            assertToldAs(stat("source"), source);
            assertThat(read("source")).isEqualTo(bytes(41, 1000));
        }

        @ParameterizedTest
        @ValueSource(ints = {0, LARGE})
        void copy_anyLength(int size) throws IOException {
            copy(put("source", bytes(42, size)), "target");

            assertThat(hash(store.open(key("target"), ByteRange.whole())))
                    .isEqualTo(hash(new GeneratedInputStream(42, size)));
        }

        @Test
        void copy_ofACopy() throws IOException {
            BlobInfo first = copy(put("source", bytes(43, 1000)), "first");

            copy(first, "second");

            assertThat(read("second")).isEqualTo(bytes(43, 1000));
        }

        @Test
        void copy_missingSource() {
            assertThatExceptionOfType(BlobNotFoundException.class)
                    .isThrownBy(() -> store.copy(copyOf("missing", "1", "target")))
                    .satisfies(e -> assertThat(e.key()).isEqualTo(key("missing")));
            assertNothingIsLeft("target");
        }

        @Test
        void copy_sourceReplacedSinceSeen() throws IOException {
            BlobInfo seen = put("source", bytes(44, 1000));
            store.delete(List.of(key("source")));
            put("source", bytes(45, 1000));

            assertThatExceptionOfType(BlobIntegrityException.class).isThrownBy(() -> copy(seen, "target"));
            assertNothingIsLeft("target");
        }

        @Test
        void copy_takenTarget() throws IOException {
            assumeTrue(copiesToFreeKeysOnly(), "copies of this server replace what is there");
            BlobInfo source = put("source", bytes(46, 1000));
            BlobInfo target = put("target", bytes(47, 500));

            assertThatExceptionOfType(BlobAlreadyExistsException.class)
                    .isThrownBy(() -> copy(source, "target"))
                    .satisfies(e -> assertThat(e.key()).isEqualTo(key("target")));
            assertToldAs(stat("target"), target);
            assertThat(read("target")).isEqualTo(bytes(47, 500));
        }

        @Test
        void copy_ontoItself() throws IOException {
            BlobInfo source = put("source", bytes(48, 1000));

            assertThatExceptionOfType(BlobAlreadyExistsException.class).isThrownBy(() -> copy(source, "source"));
            assertToldAs(stat("source"), source);
            assertThat(read("source")).isEqualTo(bytes(48, 1000));
        }

        @Test
        void copy_sourceReplacedLater() throws IOException {
            copy(put("source", bytes(49, 1000)), "target");

            store.delete(List.of(key("source")));
            put("source", bytes(50, 2000));

            assertThat(stat("target").byteSize()).isEqualTo(1000);
            assertThat(read("target")).isEqualTo(bytes(49, 1000));
        }

        @Test
        void copy_targetDeleted_leavesTheSource() throws IOException {
            BlobInfo source = put("source", bytes(51, 1000));
            copy(source, "target");

            store.delete(List.of(key("target")));

            assertThat(read("source")).isEqualTo(bytes(51, 1000));
        }

        @Test
        void copy_race_oneWins() throws Exception {
            assumeTrue(copiesToFreeKeysOnly(), "copies of this server replace what is there");
            List<BlobInfo> sources = new ArrayList<>();
            for (int i = 0; i < RACERS; i++) {
                sources.add(put("source" + i, bytes(200 + i, 10_000)));
            }

            List<Outcome<BlobInfo>> outcomes = Racers.race(RACERS, i -> () -> copy(sources.get(i), "target"));

            assertThat(read("target")).isEqualTo(bytes(200 + oneWinner(outcomes), 10_000));
        }

        @Test
        void copy_whileTheSourceIsReplaced_isOfTheVersionSeenOrFails() throws Exception {
            BlobInfo seen = put("source", bytes(52, 10_000));

            List<Outcome<BlobInfo>> outcomes = Racers.race(5, i -> () -> {
                if (i == 0) {
                    store.delete(List.of(key("source")));
                    return put("source", bytes(53, 10_000));
                }
                return copy(seen, "target" + i);
            });

            for (int i = 1; i < outcomes.size(); i++) {
                Throwable failure = outcomes.get(i).failure();
                if (failure == null) {
                    assertThat(read("target" + i)).isEqualTo(bytes(52, 10_000));
                } else {
                    assertThat(failure).isInstanceOfAny(BlobNotFoundException.class, BlobIntegrityException.class);
                    assertNothingIsLeft("target" + i);
                }
            }
        }
    }

    @Nested
    class Delete {

        @Test
        void delete_nothing() {
            assertThatCode(() -> store.delete(List.of())).doesNotThrowAnyException();
        }

        @Test
        void delete_missingKey() {
            assertThatCode(() -> store.delete(List.of(key("missing")))).doesNotThrowAnyException();
        }

        @Test
        void delete_twice() throws IOException {
            put("blob", bytes(60, 10));

            store.delete(List.of(key("blob")));
            assertThatCode(() -> store.delete(List.of(key("blob")))).doesNotThrowAnyException();

            assertThat(store.stat(key("blob"))).isNull();
            assertThatExceptionOfType(BlobNotFoundException.class).isThrownBy(() -> read("blob"));
            assertThat(list(prefix)).isEmpty();
        }

        @Test
        void delete_manyWithMissingAndRepeated() throws IOException {
            put("a", bytes(61, 10));
            put("b", bytes(62, 10));
            put("c/d", bytes(63, 10));
            put("kept", bytes(64, 10));

            store.delete(List.of(
                    key("missing"),
                    key("b"),
                    key("b"),
                    key("no/such"),
                    key("a"),
                    key("c/d"),
                    key("missing"),
                    key("a")));

            assertThat(list(prefix)).containsExactly(key("kept"));
        }

        @Test
        void delete_moreThanAThousand() throws IOException {
            put("first", bytes(65, 10));
            put("last", bytes(66, 10));
            Stream<String> missing = IntStream.range(0, 1100).mapToObj(i -> key("missing" + i));

            store.delete(Stream.of(Stream.of(key("first")), missing, Stream.of(key("last")))
                    .flatMap(keys -> keys)
                    .toList());

            assertThat(list(prefix)).isEmpty();
        }

        @Test
        void delete_thenPutAgain() throws IOException {
            put("blob", bytes(67, 10));
            store.delete(List.of(key("blob")));

            put("blob", bytes(68, 20));

            assertThat(read("blob")).isEqualTo(bytes(68, 20));
        }

        @Test
        void delete_leavesLongerKeys() throws IOException {
            put("a", bytes(69, 10));
            put("ab", bytes(70, 10));
            put("a/b", bytes(71, 10));

            store.delete(List.of(key("a")));

            assertThat(list(prefix)).containsExactlyInAnyOrder(key("ab"), key("a/b"));
        }

        @Test
        void delete_badKeyAmongGoodOnes_deletesNothing() throws IOException {
            put("good", bytes(72, 10));

            assertThatIllegalArgumentException().isThrownBy(() -> store.delete(List.of(key("good"), key("../good"))));

            assertThat(read("good")).isEqualTo(bytes(72, 10));
        }
    }

    @Nested
    class Listing {

        @Test
        void list_nothing() {
            BlobStore.Page page = store.list(prefix, null, 10);

            assertThat(page.blobs()).isEmpty();
            assertThat(list(prefix)).isEmpty();
        }

        @Test
        void list_tellsKeySizeAndTime() throws IOException {
            BlobInfo put = put("blob", bytes(80, 1234));

            List<BlobInfo> blobs = listInfos(prefix, 10);

            assertThat(blobs).hasSize(1);
            assertThat(blobs.get(0).key()).isEqualTo(key("blob"));
            assertThat(blobs.get(0).byteSize()).isEqualTo(1234);
            assertThat(blobs.get(0).createdAt()).isCloseTo(put.createdAt(), AS_LONG_AS_A_WRITE);
        }

        @Test
        void list_prefixEndsAtASegment() throws IOException {
            for (String name : List.of("a/1", "a/2", "a/b/3", "ab/4", "a", "ab", "b/a/5")) {
                put(name, bytes(81, 10));
            }

            assertThat(list(prefix + "a/")).containsExactlyInAnyOrder(key("a/1"), key("a/2"), key("a/b/3"));
            assertThat(list(prefix + "a/b/")).containsExactly(key("a/b/3"));
            assertThat(list(prefix + "b/")).containsExactly(key("b/a/5"));
            assertThat(list(prefix + "c/")).isEmpty();
            assertThat(list("")).contains(key("a"), key("a/b/3"), key("ab/4"));
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 7, 11, 12, 13, 1000})
        void list_pages_eachBlobOnce(int limit) throws IOException {
            List<String> names =
                    List.of("a", "a/1", "a/2", "a/b/3", "ab", "ab/4", "b/1", "b/2", "B/2", "_", "a-b", "zz/9");
            for (String name : names) {
                put(name, bytes(82, 1));
            }

            assertThat(listInfos(prefix, limit).stream().map(BlobInfo::key))
                    .containsExactlyInAnyOrderElementsOf(
                            names.stream().map(BlobStoreContract.this::key).toList());
        }

        @Test
        void list_deletingPageByPage() throws IOException {
            for (int i = 0; i < 25; i++) {
                put("day" + i % 3 + "/" + i, bytes(83, 1));
            }

            List<String> seen = new ArrayList<>();
            ListingProgress progress = new ListingProgress();
            String cursor = null;
            do {
                BlobStore.Page page = store.list(prefix, cursor, 4);
                List<String> keys = page.blobs().stream().map(BlobInfo::key).toList();
                seen.addAll(keys);
                store.delete(keys);
                cursor = page.nextCursor();
                assertThat(cursor == null || progress.advancesTo(cursor))
                        .as("whether the listing ends or goes on")
                        .isTrue();
            } while (cursor != null);

            assertThat(seen).hasSize(25).doesNotHaveDuplicates();
            assertThat(list(prefix)).isEmpty();
        }

        @Test
        void list_whileOthersComeAndGo() throws IOException {
            for (int i = 0; i < 12; i++) {
                put("stays/" + i, bytes(84, 1));
                put("goes/" + i, bytes(84, 1));
            }

            List<String> seen = new ArrayList<>();
            String cursor = null;
            int pages = 0;
            do {
                BlobStore.Page page = store.list(prefix, cursor, 5);
                page.blobs().forEach(blob -> seen.add(blob.key()));
                cursor = page.nextCursor();
                store.delete(List.of(key("goes/" + pages)));
                put("stays/new" + pages, bytes(84, 1));
                put("comes/" + pages, bytes(84, 1));
                pages++;
            } while (cursor != null && pages < 100);

            assertThat(seen)
                    .doesNotHaveDuplicates()
                    .containsAll(IntStream.range(0, 12)
                            .mapToObj(i -> key("stays/" + i))
                            .toList());
        }

        @ParameterizedTest
        @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1001, Integer.MAX_VALUE})
        void list_badLimit(int limit) {
            assertThatIllegalArgumentException().isThrownBy(() -> store.list(prefix, null, limit));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"/", "a", "../", "a/../", "./", "a//", "/a/", "a\\", "a\0/", "a/b", ".unfinished/", "a b/"})
        void list_badPrefix(String badPrefix) {
            assertThatIllegalArgumentException().isThrownBy(() -> store.list(badPrefix, null, 10));
        }
    }

    @Nested
    class Keys {

        @ParameterizedTest
        @MethodSource("io.graphqlfiles.testkit.BlobStoreContract#badKeys")
        void anyOperation_badKey(String badKey) throws IOException {
            put("source", bytes(90, 10));

            assertThatIllegalArgumentException().isThrownBy(() -> store.stat(badKey));
            assertThatIllegalArgumentException().isThrownBy(() -> store.open(badKey, ByteRange.whole()));
            assertThatIllegalArgumentException().isThrownBy(() -> store.delete(List.of(badKey)));
            assertThat(list(prefix)).containsExactly(key("source"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "a",
                    "Z",
                    "0",
                    "_",
                    "_-",
                    "a-",
                    "a--b",
                    "content",
                    "facts",
                    "meta",
                    "null",
                    "1/2/3",
                    "0123456789012345678901234567890123456789012345678901234567890123"
                })
        void put_oddKey(String name) throws IOException {
            put(name, bytes(91, 10));

            assertThat(read(name)).isEqualTo(bytes(91, 10));
            assertThat(list(prefix)).containsExactly(key(name));
            copy(stat(name), "copy-of-it");
            store.delete(List.of(key(name)));
            assertThat(list(prefix)).containsExactly(key("copy-of-it"));
        }

        @Test
        void put_keyWithin_anotherKey() throws IOException {
            put("a/b", bytes(92, 10));
            put("a", bytes(93, 10));
            put("a/b/c", bytes(94, 10));

            assertThat(read("a/b")).isEqualTo(bytes(92, 10));
            assertThat(read("a")).isEqualTo(bytes(93, 10));
            assertThat(read("a/b/c")).isEqualTo(bytes(94, 10));
        }
    }

    @Nested
    class RemoveUnfinishedWrites {

        @Test
        void removeUnfinishedWrites_leavesBlobs() throws IOException {
            put("blob", bytes(95, 1000));
            copy(stat("blob"), "copy");

            store.removeUnfinishedWrites(Instant.parse("9000-01-01T00:00:00Z"));

            assertThat(read("blob")).isEqualTo(bytes(95, 1000));
            assertThat(read("copy")).isEqualTo(bytes(95, 1000));
        }

        @Test
        void removeUnfinishedWrites_leavesYoungerWrites() throws Exception {
            try (BlockingContent content = new BlockingContent(bytes(96, 100_000))) {
                Thread writer = content.write(store, blob("blob", 100_000));

                assertThat(store.removeUnfinishedWrites(Instant.EPOCH)).isZero();

                content.release();
                writer.join();
                assertThat(content.failure()).isNull();
                assertThat(read("blob")).isEqualTo(bytes(96, 100_000));
            }
        }

        @Test
        void removeUnfinishedWrites_twice() {
            store.removeUnfinishedWrites(Instant.parse("9000-01-01T00:00:00Z"));

            assertThat(store.removeUnfinishedWrites(Instant.parse("9000-01-01T00:00:00Z")))
                    .isZero();
        }
    }

    @Nested
    class Threads {

        @Test
        void anyOperation_manyThreads() throws Exception {
            List<Outcome<Boolean>> outcomes = Racers.race(8, thread -> () -> {
                for (int i = 0; i < 20; i++) {
                    workOn("thread" + thread + "/" + i, thread * 100 + i);
                }
                return true;
            });

            assertThat(outcomes)
                    .allSatisfy(outcome -> assertThat(outcome.failure()).isNull());
            assertThat(list(prefix)).hasSize(8 * 20);
        }

        private void workOn(String name, int seed) throws IOException {
            BlobInfo source = put(name, bytes(seed, 5000));
            assertThat(read(name)).isEqualTo(bytes(seed, 5000));
            copy(source, name + "-copy");
            store.delete(List.of(key(name)));
            assertThat(store.stat(key(name))).isNull();
            assertThat(read(name + "-copy")).isEqualTo(bytes(seed, 5000));
            assertThat(list(prefix)).contains(key(name + "-copy"));
        }
    }

    static Stream<String> dispositions() {
        return Stream.of(
                "inline",
                "attachment",
                "attachment; filename=\"plain.txt\"",
                "attachment; filename=\"a \\\"quoted\\\" name; with: signs.txt\"",
                "inline; filename=\"na_ve.png\"; filename*=UTF-8''na%C3%AFve%20%E2%82%AC.png",
                "attachment; filename=\"" + "x".repeat(1000) + ".bin\"");
    }

    static Stream<Arguments> badKeys() {
        return Stream.of(
                        "",
                        "/",
                        "//",
                        ".",
                        "..",
                        "../a",
                        "a/../b",
                        "a/..",
                        "a/./b",
                        "/a",
                        "/etc/passwd",
                        "a/",
                        "a//b",
                        "a\\b",
                        "..\\a",
                        "C:\\a",
                        "C:a",
                        "a\0b",
                        "a\0",
                        "a\n",
                        "a b",
                        " ",
                        "a.b",
                        ".unfinished/a",
                        "%2e%2e/a",
                        "a%2fb",
                        "a?b",
                        "a*",
                        "~",
                        "~root/a",
                        "-a",
                        "a/-b",
                        "\u00e9",
                        "\uff0e\uff0e/a",
                        "\u2025/a",
                        "a\u202eb",
                        "\ud83d\ude00",
                        "\ud800",
                        "a/b/c/d/e/f/g",
                        "a".repeat(65),
                        "a/" + "b".repeat(5000))
                .map(Arguments::of);
    }

    private String key(String name) {
        return prefix + name;
    }

    private PutRequest blob(String name, long byteSize) {
        return new PutRequest(key(name), byteSize, PNG, INLINE, Visibility.PRIVATE);
    }

    private BlobInfo put(String name, byte[] content) throws IOException {
        return store.put(blob(name, content.length), new ByteArrayInputStream(content));
    }

    private BlobInfo stat(String name) {
        return requireNonNull(store.stat(key(name)), name);
    }

    private byte[] read(String name) throws IOException {
        return read(name, ByteRange.whole());
    }

    private byte[] read(String name, ByteRange range) throws IOException {
        try (InputStream in = store.open(key(name), range)) {
            return in.readAllBytes();
        }
    }

    private CopyRequest copyOf(String source, String version, String target) {
        return new CopyRequest(
                seen(key(source), version), key(target), "application/pdf", "attachment", Visibility.PUBLIC);
    }

    private static BlobInfo seen(String key, String version) {
        return BlobInfo.newBlobInfo(key, 1, Instant.EPOCH).version(version).build();
    }

    private BlobInfo copy(BlobInfo source, String target) {
        return store.copy(new CopyRequest(source, key(target), "application/pdf", "attachment", Visibility.PUBLIC));
    }

    private List<String> list(String listed) {
        return listInfos(listed, 1000).stream().map(BlobInfo::key).toList();
    }

    private List<BlobInfo> listInfos(String listed, int limit) {
        List<BlobInfo> blobs = new ArrayList<>();
        ListingProgress progress = new ListingProgress();
        String cursor = null;
        int pages = 0;
        do {
            BlobStore.Page page = store.list(listed, cursor, limit);
            assertThat(page.blobs()).hasSizeLessThanOrEqualTo(limit);
            blobs.addAll(page.blobs());
            cursor = page.nextCursor();
            assertThat(cursor == null || progress.advancesTo(cursor))
                    .as("whether the listing ends or goes on")
                    .isTrue();
            assertThat(++pages).as("pages of a listing that should have ended").isLessThan(10_000);
        } while (cursor != null);
        return blobs;
    }

    /** After a failure the key is as it was before: not there by any way of asking, and free. */
    private void assertNothingIsLeft(String name) {
        assertThat(store.stat(key(name))).isNull();
        assertThatExceptionOfType(BlobNotFoundException.class).isThrownBy(() -> read(name));
        assertThat(list(prefix)).doesNotContain(key(name));
        assertThatCode(() -> put(name, "free".getBytes(UTF_8))).doesNotThrowAnyException();
        store.delete(List.of(key(name)));
    }

    /** What a write returns may have the time of its answer, which comes after the blob was made. */
    private static void assertToldAs(BlobInfo stat, BlobInfo written) {
        assertThat(written.createdAt()).isCloseTo(stat.createdAt(), AS_LONG_AS_A_WRITE);
        assertThat(written)
                .isEqualTo(BlobInfo.newBlobInfo(stat.key(), stat.byteSize(), written.createdAt())
                        .contentType(stat.contentType())
                        .contentDisposition(stat.contentDisposition())
                        .version(stat.version())
                        .checksum(stat.checksum())
                        .build());
    }

    private static int oneWinner(List<Outcome<BlobInfo>> outcomes) {
        int[] winners = IntStream.range(0, outcomes.size())
                .filter(i -> outcomes.get(i).failure() == null)
                .toArray();
        assertThat(winners).as("winners").hasSize(1);
        assertThat(outcomes.stream().map(Outcome::failure).filter(failure -> failure != null))
                .hasSize(outcomes.size() - 1)
                .hasOnlyElementsOfType(BlobAlreadyExistsException.class);
        return winners[0];
    }
}
