package io.graphqlfiles.storage.fs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.graphqlfiles.spi.BlobAlreadyExistsException;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobIntegrityException;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.spi.CopyRequest;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.Visibility;
import io.graphqlfiles.testkit.MovableClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blobs of one file, alone and beside those of two files, which older versions have written. */
class OneFileTest {

    private static final String KEY = "private/abc";

    @TempDir
    private Path root;

    private final MovableClock clock = MovableClock.at("2030-01-31T10:00:00Z");
    private FileSystemBlobStore store;
    private FileSystemBlobStore older;

    @BeforeEach
    void createStores() throws IOException {
        assumeThat(FactsAttribute.isSupported(root))
                .as("the file system has extended attributes")
                .isTrue();
        store = FileSystemBlobStore.newFileSystemBlobStore(root).clock(clock).build();
        older = FileSystemBlobStore.newFileSystemBlobStore(root)
                .clock(clock)
                .attributes(false)
                .build();
    }

    @Test
    void put_layout_isDocumented() throws IOException {
        BlobInfo info = put(store, KEY, "hello");

        assertThat(files()).containsExactly("private/abc.blob");
        assertThat(root.resolve("private/abc.blob")).hasContent("hello");
        assertThat(attribute(root.resolve("private/abc.blob")))
                .isEqualTo("graphql-files blob 1\n"
                        + "key: private/abc\n"
                        + "size: 5\n"
                        + "created: 2030-01-31T10:00:00Z\n"
                        + "version: " + info.version() + "\n"
                        + "checksum: crc32c:9a71bb4c\n"
                        + "type: text/plain\n"
                        + "disposition: inline\n"
                        + "end\n");
        assertThat(store.stat(KEY)).isEqualTo(info);
    }

    @Test
    void put_factsTooLongForAnAttribute_areAFile() throws IOException {
        String disposition = "attachment; filename=\"" + "x".repeat(5000) + "\"";

        BlobInfo info = store.put(
                new PutRequest(KEY, 5, "text/plain", disposition, Visibility.PRIVATE),
                new ByteArrayInputStream("hello".getBytes(UTF_8)));

        assertThat(files()).containsExactlyInAnyOrder("private/abc.facts", "private/abc." + info.version());
        assertThat(requireNonNull(store.stat(KEY)).contentDisposition()).isEqualTo(disposition);
        assertThat(read(KEY)).isEqualTo("hello");
    }

    @Test
    void put_contentThatLooksLikeFacts_isContent() throws IOException {
        BlobInfo other = put(older, "private/other", "secret");
        String facts = Files.readString(root.resolve("private/other.facts"));

        BlobInfo info = put(store, KEY, facts);

        assertThat(store.stat(KEY)).isEqualTo(info);
        assertThat(read(KEY)).isEqualTo(facts);
        loseAttribute();
        assertThat(read(KEY)).isEqualTo(facts);
        store.delete(List.of(KEY));
        assertThat(store.stat("private/other")).isEqualTo(other);
    }

    @Test
    void put_keyOfABlobOfTheOtherKind() throws IOException {
        BlobInfo pair = put(older, KEY, "older");
        BlobInfo whole = put(store, "private/b", "newer");

        assertThatExceptionOfType(BlobAlreadyExistsException.class).isThrownBy(() -> put(store, KEY, "again"));
        assertThatExceptionOfType(BlobAlreadyExistsException.class).isThrownBy(() -> put(older, "private/b", "again"));
        assertThatExceptionOfType(BlobAlreadyExistsException.class).isThrownBy(() -> copy(pair, "private/b"));

        assertThat(read(KEY)).isEqualTo("older");
        assertThat(read("private/b")).isEqualTo("newer");
        assertThat(files())
                .containsExactlyInAnyOrder("private/abc.facts", "private/abc." + pair.version(), whole.key() + ".blob");
    }

    /** The key was free when the write began. */
    @Test
    void put_keyTakenMeanwhileByTheOtherKind() {
        InputStream taking = new ByteArrayInputStream("newer".getBytes(UTF_8)) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                try {
                    if (older.stat(KEY) == null) {
                        put(older, KEY, "older");
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return super.read(target, offset, length);
            }
        };

        assertThatExceptionOfType(BlobAlreadyExistsException.class).isThrownBy(() -> store.put(blob(KEY, 5), taking));

        assertThat(readUnchecked(KEY)).isEqualTo("older");
        assertThat(files()).hasSize(2);
    }

    @Test
    void put_bothKindsAtOnce_neverBoth() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int i = 0; i < 200; i++) {
                String key = "private/k" + i;
                CyclicBarrier start = new CyclicBarrier(2);
                List<Future<Boolean>> results = new ArrayList<>();
                for (FileSystemBlobStore each : List.of(store, older)) {
                    results.add(threads.submit(putAfter(start, each, key)));
                }
                int winners = 0;
                for (Future<Boolean> result : results) {
                    winners += result.get(30, TimeUnit.SECONDS) ? 1 : 0;
                }
                assertThat(winners).isLessThanOrEqualTo(1);
                assertThat(store.stat(key) != null).isEqualTo(winners == 1);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(root.resolve(".unfinished")).isEmptyDirectory();
    }

    private static Callable<Boolean> putAfter(CyclicBarrier start, FileSystemBlobStore store, String key) {
        return () -> {
            start.await(30, TimeUnit.SECONDS);
            try {
                put(store, key, "hello");
                return true;
            } catch (BlobAlreadyExistsException e) {
                return false;
            }
        };
    }

    @Test
    void put_failed_leavesNoFile() {
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("gone");
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return read();
            }
        };

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> store.put(blob(KEY, PutRequest.UNKNOWN_SIZE), failing));

        assertThat(files()).isEmpty();
        assertThat(root.resolve(".unfinished")).isEmptyDirectory();
    }

    @Test
    void put_durable_inAnInterruptedThread() throws IOException {
        store = FileSystemBlobStore.newFileSystemBlobStore(root).durable(true).build();

        Thread.currentThread().interrupt();
        put(store, KEY, "hello");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(read(KEY)).isEqualTo("hello");
    }

    @Test
    void put_durable() throws IOException {
        store = FileSystemBlobStore.newFileSystemBlobStore(root).durable(true).build();

        put(store, KEY, "hello");

        assertThat(read(KEY)).isEqualTo("hello");
    }

    @Test
    void list_bothKinds_inOneOrder() throws IOException {
        List<String> keys = List.of("private/a", "private/a/b", "private/aa", "private/b", "private/c");
        for (int i = 0; i < keys.size(); i++) {
            put(i % 2 == 0 ? store : older, keys.get(i), "hello");
        }

        assertThat(store.list("private/", null, 10).blobs())
                .extracting(BlobInfo::key)
                .containsExactlyInAnyOrderElementsOf(keys);
        List<String> paged = new ArrayList<>();
        for (String cursor = null; ; ) {
            var page = store.list("private/", cursor, 1);
            page.blobs().forEach(blob -> paged.add(blob.key()));
            cursor = page.nextCursor();
            if (cursor == null) {
                break;
            }
        }
        assertThat(paged)
                .isEqualTo(store.list("private/", null, 10).blobs().stream()
                        .map(BlobInfo::key)
                        .toList());
        assertThat(older.list("private/", null, 10)).isEqualTo(store.list("private/", null, 10));
    }

    @Test
    void upgrade_blobsOfTwoFiles_areReadCopiedAndDeleted() throws IOException {
        BlobInfo info = put(older, KEY, "hello");

        assertThat(store.stat(KEY)).isEqualTo(info);
        copy(info, "private/copy");
        assertThat(read("private/copy")).isEqualTo("hello");
        store.delete(List.of(KEY, "private/copy"));
        assertThat(files()).isEmpty();
    }

    @Test
    void copy_sharesTheBytesButNotTheFacts() throws IOException {
        BlobInfo source = put(store, KEY, "hello");

        BlobInfo copy = store.copy(new CopyRequest(source, "public/a", "image/png", "attachment", Visibility.PUBLIC));

        assertThat(Files.isSameFile(root.resolve("private/abc.blob"), root.resolve("public/a." + copy.version())))
                .isTrue();
        assertThat(store.stat(KEY)).isEqualTo(source);
        assertThat(store.stat("public/a")).isEqualTo(copy);
        assertThat(copy.contentType()).isEqualTo("image/png");
        store.delete(List.of(KEY));
        assertThat(read("public/a")).isEqualTo("hello");
        store.delete(List.of("public/a"));
        assertThat(files()).isEmpty();
    }

    @Test
    void copy_otherVersion() throws IOException {
        BlobInfo before = put(store, KEY, "hello");
        store.delete(List.of(KEY));
        put(store, KEY, "other");

        assertThatExceptionOfType(BlobIntegrityException.class).isThrownBy(() -> copy(before, "public/a"));

        assertThat(files()).containsExactly("private/abc.blob");
    }

    @Test
    void attributeLost_isADownloadOfUnknownType() throws IOException {
        put(store, KEY, "hello");
        loseAttribute();

        BlobInfo info = store.stat(KEY);

        assertThat(info.byteSize()).isEqualTo(5);
        assertThat(info.contentType()).isEqualTo("application/octet-stream");
        assertThat(info.contentDisposition()).isEqualTo("attachment");
        assertThat(info.checksum()).isNull();
        assertThat(store.stat(KEY)).isEqualTo(info);
        assertThat(read(KEY)).isEqualTo("hello");
        copy(info, "private/copy");
        assertThat(read("private/copy")).isEqualTo("hello");
        assertThat(store.list("", null, 10).blobs()).extracting(BlobInfo::key).containsExactly(KEY, "private/copy");
        store.delete(List.of(KEY, "private/copy"));
        assertThat(files()).isEmpty();
    }

    @Test
    void anyOperation_blobIsALink() throws IOException {
        put(store, "private/secret", "hello");
        Files.createSymbolicLink(root.resolve("private/abc.blob"), root.resolve("private/secret.blob"));

        assertThatExceptionOfType(BlobStoreException.class).isThrownBy(() -> store.stat(KEY));
        assertThatExceptionOfType(BlobStoreException.class).isThrownBy(() -> read(KEY));
        assertThatExceptionOfType(BlobStoreException.class).isThrownBy(() -> put(store, KEY, "other"));
        assertThat(store.list("", null, 10).blobs()).extracting(BlobInfo::key).containsExactly("private/secret");
        assertThat(read("private/secret")).isEqualTo("hello");
    }

    @Test
    void open_truncatedFile() throws IOException {
        put(store, KEY, "hello");
        Files.writeString(root.resolve("private/abc.blob"), "hell");

        assertThatExceptionOfType(BlobIntegrityException.class).isThrownBy(() -> read(KEY));
    }

    @Test
    void delete_bothKinds_afterACrash() throws IOException {
        put(older, "private/b", "older");
        put(store, KEY, "newer");
        Files.move(root.resolve("private/b.facts"), root.resolve("private/abc.facts"));

        assertThat(read(KEY)).isEqualTo("newer");
        store.delete(List.of(KEY));

        assertThat(store.stat(KEY)).isNull();
        assertThat(store.list("", null, 10).blobs()).isEmpty();
    }

    @Test
    void removeUnfinishedWrites_diedBeforeAndAfterTheLink() throws IOException {
        put(store, KEY, "hello");
        Files.createLink(root.resolve(".unfinished/0-aa"), root.resolve("private/abc.blob"));
        Files.writeString(root.resolve(".unfinished/0-bb"), "half");
        clock.advance(Duration.ofHours(1));

        assertThat(store.removeUnfinishedWrites(clock.instant())).isEqualTo(2);

        assertThat(read(KEY)).isEqualTo("hello");
        assertThat(root.resolve(".unfinished")).isEmptyDirectory();
    }

    private void loseAttribute() throws IOException {
        requireNonNull(Files.getFileAttributeView(root.resolve("private/abc.blob"), UserDefinedFileAttributeView.class))
                .delete(FactsAttribute.NAME);
    }

    private static String attribute(Path file) throws IOException {
        ByteBuffer value = ByteBuffer.allocate(4096);
        requireNonNull(Files.getFileAttributeView(file, UserDefinedFileAttributeView.class))
                .read("graphql-files", value);
        return UTF_8.decode(value.flip()).toString();
    }

    private static PutRequest blob(String key, long size) {
        return new PutRequest(key, size, "text/plain", "inline", Visibility.PRIVATE);
    }

    private static BlobInfo put(FileSystemBlobStore store, String key, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        return store.put(blob(key, bytes.length), new ByteArrayInputStream(bytes));
    }

    private BlobInfo copy(BlobInfo source, String target) {
        return store.copy(new CopyRequest(source, target, "text/plain", "inline", Visibility.PRIVATE));
    }

    private String read(String key) throws IOException {
        try (InputStream in = store.open(key, ByteRange.whole())) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private String readUnchecked(String key) {
        try {
            return read(key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> files() {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.filter(Files::isRegularFile)
                    .map(path -> root.relativize(path).toString())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
