package io.graphqlfiles.storage.fs;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.graphqlfiles.spi.BlobAlreadyExistsException;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobNotFoundException;
import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.spi.PartUpload;
import io.graphqlfiles.spi.PartUploadRequest;
import io.graphqlfiles.spi.PutPartRequest;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.UploadedPart;
import io.graphqlfiles.spi.Visibility;
import io.graphqlfiles.testkit.MovableClock;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands on the disk while an upload in parts is in progress, and after the process died in the middle of it. */
class FileSystemPartUploadsFilesTest {

    private static final String KEY = "staged/20300131/abc";
    private static final int PART = 100_000;

    @TempDir
    private Path root;

    private final MovableClock clock = MovableClock.at("2030-01-31T10:00:00Z");
    private final byte[] content = new byte[2 * PART + 10];

    FileSystemPartUploadsFilesTest() {
        new Random(1).nextBytes(content);
    }

    /** Another node, or this one after a restart: nothing is kept in memory between them. */
    private FileSystemBlobStore store() {
        return FileSystemBlobStore.newFileSystemBlobStore(root).clock(clock).build();
    }

    private PartUpload begin() {
        return store().beginParts(new PartUploadRequest(KEY, content.length, PART, "image/png"));
    }

    private byte[] part(int number) {
        return Arrays.copyOfRange(content, (number - 1) * PART, Math.min(content.length, number * PART));
    }

    private UploadedPart put(PartUpload upload, int number) throws IOException {
        return put(upload, number, part(number));
    }

    private UploadedPart put(PartUpload upload, int number, byte[] bytes) throws IOException {
        return store().putPart(new PutPartRequest(upload, number, bytes.length), new ByteArrayInputStream(bytes));
    }

    private BlobInfo complete(PartUpload upload) {
        return complete(upload, store().listParts(upload));
    }

    private BlobInfo complete(PartUpload upload, List<UploadedPart> parts) {
        store().completeParts(upload, parts);
        return requireNonNull(store().stat(KEY));
    }

    private byte[] read() throws IOException {
        try (InputStream in = store().open(KEY, ByteRange.whole())) {
            return in.readAllBytes();
        }
    }

    private Path unfinished() {
        return root.resolve(".unfinished");
    }

    private Path directory(PartUpload upload) {
        return unfinished().resolve(upload.uploadId());
    }

    private List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** Bytes of a part; before the first of them comes, the same part is put again, and so on. */
    private InputStream putAgain(PartUpload upload, int times) {
        byte[] bytes = new byte[PART];
        Arrays.fill(bytes, (byte) times);
        return new FilterInputStream(new ByteArrayInputStream(bytes)) {
            private int left = times;

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                if (left > 0) {
                    int again = left - 1;
                    left = 0;
                    store().putPart(new PutPartRequest(upload, 1, PART), putAgain(upload, again));
                }
                return super.read(target, offset, length);
            }
        };
    }

    @Test
    void completeParts_keyIsTaken_isRefusedAsSuch() throws IOException {
        store().put(
                        new PutRequest(KEY, 5, "text/plain", "inline", Visibility.PRIVATE),
                        new ByteArrayInputStream("first".getBytes(US_ASCII)));
        PartUpload upload = begin();
        List<UploadedPart> parts = List.of(put(upload, 1), put(upload, 2), put(upload, 3));

        assertThatExceptionOfType(BlobAlreadyExistsException.class)
                .isThrownBy(() -> store().completeParts(upload, parts));

        try (InputStream blob = store().open(KEY, ByteRange.whole())) {
            assertThat(blob).hasContent("first");
        }
    }

    @Test
    void putPart_manyTimesAtOnce_leavesOneOfThem() throws IOException {
        PartUpload upload = begin();

        store().putPart(new PutPartRequest(upload, 1, PART), putAgain(upload, 20));

        assertThat(names(directory(upload))).containsExactly("1.part", "content", "upload");
        put(upload, 2);
        put(upload, 3);
        complete(upload);
        assertThat(Arrays.copyOf(read(), PART)).containsOnly(20);
    }

    /** As when another call replaces the part between two looks of this one. */
    @Test
    void putPart_bytesOfTheOneBeforeAreGone() throws IOException {
        PartUpload upload = begin();
        put(upload, 1);
        UploadedPart replaced = put(upload, 1, part(2));
        Files.delete(directory(upload).resolve("1." + replaced.version()));

        put(upload, 1);

        put(upload, 2);
        put(upload, 3);
        complete(upload);
        assertThat(read()).isEqualTo(content);
    }

    @Test
    void putPart_goesToItsPlace() throws IOException {
        PartUpload upload = begin();

        put(upload, 3);
        put(upload, 1);

        assertThat(names(directory(upload))).containsExactly("1.part", "3.part", "content", "upload");
        assertThat(Arrays.copyOf(Files.readAllBytes(directory(upload).resolve("content")), PART))
                .isEqualTo(part(1));
    }

    @Test
    void completeParts_contentIsTheVeryFile() throws IOException {
        PartUpload upload = begin();
        put(upload, 1);
        put(upload, 2);
        put(upload, 3);
        Object file = fileKey(directory(upload).resolve("content"));

        BlobInfo info = complete(upload);

        assertThat(fileKey(root.resolve(KEY + "." + info.version()))).isEqualTo(file);
        assertThat(read()).isEqualTo(content);
        assertThat(names(unfinished())).isEmpty();
        assertThat(names(root.resolve("staged/20300131")))
                .containsExactlyInAnyOrder("abc.facts", "abc." + info.version());
    }

    @Test
    void putPart_sameBytesAgain_writesNothing() throws IOException {
        PartUpload upload = begin();
        UploadedPart first = put(upload, 1);

        assertThat(put(upload, 1)).isEqualTo(first);

        assertThat(names(directory(upload))).containsExactly("1.part", "content", "upload");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 70_000, PART - 1})
    void putPart_otherBytes_standApartUntilTheEnd(int firstDifference) throws IOException {
        PartUpload upload = begin();
        byte[] before = part(1);
        before[firstDifference] ^= 1;
        put(upload, 1, before);
        put(upload, 2);
        put(upload, 3);

        put(upload, 1);
        put(upload, 1, before);
        UploadedPart last = put(upload, 1);

        assertThat(names(directory(upload)))
                .containsExactlyInAnyOrder("1.part", "2.part", "3.part", "1." + last.version(), "content", "upload");
        complete(upload);
        assertThat(read()).isEqualTo(content);
        assertThat(names(unfinished())).isEmpty();
    }

    @Test
    void putPart_processDiedWhileItReceivedIt_isSentAgain() throws IOException {
        PartUpload upload = begin();
        put(upload, 1);
        put(upload, 3);
        Files.createFile(directory(upload).resolve("2.claim"));

        assertThat(store().listParts(upload).stream().map(UploadedPart::number)).containsExactly(1, 3);
        put(upload, 2);
        complete(upload);

        assertThat(read()).isEqualTo(content);
        assertThat(names(unfinished())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "part 1 100000 0123", "part 1 100000 0123456789abcdef0123456789abcdef here", "x\n"})
    void listParts_tornFacts_areNotAPart(String torn) throws IOException {
        PartUpload upload = begin();
        put(upload, 1);
        put(upload, 3);
        Files.writeString(directory(upload).resolve("2.part"), torn);

        assertThat(store().listParts(upload).stream().map(UploadedPart::number)).containsExactly(1, 3);
        put(upload, 2);
        complete(upload);

        assertThat(read()).isEqualTo(content);
    }

    @Test
    void completeParts_diedBeforeTheBlobWasVisible_isRepeated() throws IOException {
        PartUpload upload = begin();
        put(upload, 1);
        put(upload, 2);
        put(upload, 3);
        List<UploadedPart> parts = store().listParts(upload);
        Path elsewhere = root.resolveSibling(root.getFileName() + "-copy");
        copy(directory(upload), elsewhere);
        BlobInfo first = complete(upload, parts);
        // As it was one step before: the content in its place, the facts not.
        Files.delete(root.resolve(KEY + ".facts"));
        Files.move(elsewhere, directory(upload));

        BlobInfo second = complete(upload, parts);

        assertThat(second.version()).isEqualTo(first.version());
        assertThat(read()).isEqualTo(content);
        assertThat(names(unfinished())).isEmpty();
    }

    @Test
    void completeParts_diedBeforeItTidiedUp_isRepeatedOrSwept() throws IOException {
        PartUpload upload = begin();
        put(upload, 1);
        put(upload, 2);
        put(upload, 3);
        List<UploadedPart> parts = store().listParts(upload);
        Path elsewhere = root.resolveSibling(root.getFileName() + "-copy");
        copy(directory(upload), elsewhere);
        BlobInfo first = complete(upload, parts);
        Files.move(elsewhere, directory(upload));
        clock.advance(Duration.ofDays(2));

        assertThat(complete(upload, parts)).isEqualTo(first);
        assertThat(store().removeUnfinishedWrites(clock.instant())).isZero();

        assertThat(read()).isEqualTo(content);
        assertThat(names(unfinished())).isEmpty();
    }

    @Test
    void removeUnfinishedWrites_contentPlacedButNotVisible_isRemovedToo() throws IOException {
        PartUpload upload = begin();
        put(upload, 1);
        put(upload, 2);
        put(upload, 3);
        BlobInfo info = complete(upload);
        Path facts = root.resolve(KEY + ".facts");
        Files.createDirectory(directory(upload));
        Files.move(facts, directory(upload).resolve(info.version() + ".facts"));
        clock.advance(Duration.ofDays(2));

        assertThat(store().removeUnfinishedWrites(clock.instant())).isEqualTo(1);

        assertThat(names(unfinished())).isEmpty();
        assertThat(names(root.resolve("staged/20300131"))).isEmpty();
    }

    @Test
    void removeUnfinishedWrites_removalThatDied_isFinished() throws IOException {
        PartUpload upload = begin();
        put(upload, 1);
        Files.move(directory(upload), unfinished().resolve(upload.uploadId() + ".gone"));
        clock.advance(Duration.ofDays(2));

        assertThat(store().removeUnfinishedWrites(clock.instant())).isEqualTo(1);

        assertThat(names(unfinished())).isEmpty();
    }

    @Test
    void removeUnfinishedWrites_olderOnly() throws IOException {
        PartUpload old = begin();
        put(old, 1);
        clock.advance(Duration.ofHours(25));
        PartUpload young = begin();

        assertThat(store().removeUnfinishedWrites(clock.instant().minus(Duration.ofHours(24))))
                .isEqualTo(1);

        assertThat(names(unfinished())).containsExactly(young.uploadId());
    }

    @Test
    void abortParts_leavesNothing() throws IOException {
        PartUpload upload = begin();
        put(upload, 1);

        store().abortParts(upload);

        assertThat(names(unfinished())).isEmpty();
    }

    /** Many rounds, because what must not happen takes an instant. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void completeParts_byManyAtOnce_wholeOrNotThere(boolean aborted) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(5);
        try {
            for (int round = 0; round < 150; round++) {
                PartUpload upload = begin();
                put(upload, 1);
                put(upload, 2);
                put(upload, 3);
                List<UploadedPart> parts = store().listParts(upload);
                CyclicBarrier start = new CyclicBarrier(5);
                List<Future<?>> calls = new ArrayList<>();
                for (int caller = 0; caller < 5; caller++) {
                    boolean aborts = aborted && caller == 4;
                    calls.add(callers.submit(() -> {
                        start.await();
                        if (aborts) {
                            store().abortParts(upload);
                            return null;
                        }
                        try {
                            store().completeParts(upload, parts);
                            return null;
                        } catch (BlobNotFoundException e) {
                            assertThat(aborted).as("the upload was not aborted").isTrue();
                            return null;
                        }
                    }));
                }
                for (Future<?> call : calls) {
                    call.get();
                }

                if (store().stat(KEY) == null) {
                    assertThat(aborted).isTrue();
                } else {
                    assertThat(read()).isEqualTo(content);
                    store().delete(List.of(KEY));
                }
                assertThat(regularFiles()).isEmpty();
            }
        } finally {
            callers.shutdownNow();
        }
    }

    private List<Path> regularFiles() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "../../etc",
                "1893492000000-0123456789abcdef0123456789abcdef/../x",
                "1893492000000-0123456789abcdef0123456789abcdef",
                "1893492000000-0123456789abcdef0123456789abcdef.gone",
                "x\0y"
            })
    void anyOperation_uploadIdMadeUp(String uploadId) {
        PartUpload upload = new PartUpload(KEY, uploadId);

        assertThatExceptionOfType(BlobNotFoundException.class).isThrownBy(() -> store().listParts(upload));
        assertThatExceptionOfType(BlobNotFoundException.class).isThrownBy(() -> put(upload, 1));
        assertThatExceptionOfType(BlobNotFoundException.class)
                .isThrownBy(() -> store().completeParts(upload, List.of(new UploadedPart(1, 1, "1"))));
        assertThatCode(() -> store().abortParts(upload)).doesNotThrowAnyException();
    }

    @Test
    void anyOperation_uploadOfAnotherKey() throws IOException {
        PartUpload upload = begin();
        put(upload, 1);
        PartUpload other = new PartUpload("private/other", upload.uploadId());

        assertThatExceptionOfType(BlobNotFoundException.class).isThrownBy(() -> store().listParts(other));
        assertThatExceptionOfType(BlobNotFoundException.class).isThrownBy(() -> put(other, 2));
        store().abortParts(other);

        assertThat(store().listParts(upload)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, Integer.MAX_VALUE})
    void putPart_noSuchPart(int number) {
        PartUpload upload = begin();

        assertThatIllegalArgumentException().isThrownBy(() -> put(upload, number, new byte[PART]));

        assertThat(store().listParts(upload)).isEmpty();
    }

    private static Object fileKey(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectory(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
