package io.graphqlfiles.storage.fs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.graphqlfiles.spi.BlobAlreadyExistsException;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobIntegrityException;
import io.graphqlfiles.spi.BlobNotFoundException;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.spi.CopyRequest;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.Visibility;
import io.graphqlfiles.testkit.MovableClock;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSystemBlobStoreFilesTest {

    private static final String KEY = "private/abc";

    @TempDir
    private Path directory;

    private final MovableClock clock = MovableClock.at("2030-01-31T10:00:00Z");
    private Path root;
    private FileSystemBlobStore store;

    @BeforeEach
    void createStore() throws IOException {
        root = directory.toRealPath().resolve("var/files");
        store = FileSystemBlobStore.newFileSystemBlobStore(root)
                .attributes(false)
                .clock(clock)
                .build();
    }

    @Test
    void build_missingRoot_isCreatedForTheOwnerAlone() throws IOException {
        assumeThat(Files.getFileStore(directory).supportsFileAttributeView("posix"))
                .isTrue();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root)))
                .isEqualTo("rwx------");
    }

    @Test
    void build_existingRoot_keepsItsPermissions() throws IOException {
        assumeThat(Files.getFileStore(directory).supportsFileAttributeView("posix"))
                .isTrue();
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-x---"));

        FileSystemBlobStore.at(root);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root)))
                .isEqualTo("rwxr-x---");
    }

    @Test
    void build_rootIsAFile() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> FileSystemBlobStore.at(file))
                .withMessageStartingWith("file system " + file + ": build: ")
                .withCauseInstanceOf(IOException.class);
    }

    @Test
    void build_rootReachedByALink() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), root);
        put(KEY, "hello");

        assertThat(FileSystemBlobStore.at(link)).hasToString("FileSystemBlobStore[" + root + "]");
        assertThat(FileSystemBlobStore.at(link).stat(KEY)).isNotNull();
    }

    @Test
    void put_takenKey_muchContent_isRefusedBeforeItIsRead() throws IOException {
        put(KEY, "hello");
        ByteArrayInputStream content = new ByteArrayInputStream(new byte[1_000_000]);

        assertThatExceptionOfType(BlobAlreadyExistsException.class)
                .isThrownBy(() -> store.put(
                        new PutRequest(KEY, PutRequest.UNKNOWN_SIZE, "text/plain", "inline", Visibility.PRIVATE),
                        content));
        assertThat(content.available()).isGreaterThan(900_000);
    }

    @Test
    void put_layout_isDocumented() throws IOException {
        BlobInfo info = put(KEY, "hello");

        assertThat(files()).containsExactlyInAnyOrder("private/abc." + info.version(), "private/abc.facts");
        assertThat(content(info)).hasContent("hello");
        assertThat(root.resolve("private/abc.facts"))
                .hasContent("graphql-files blob 1\n"
                        + "key: private/abc\n"
                        + "size: 5\n"
                        + "created: 2030-01-31T10:00:00Z\n"
                        + "version: " + info.version() + "\n"
                        + "checksum: crc32c:9a71bb4c\n"
                        + "type: text/plain\n"
                        + "disposition: inline\n"
                        + "end\n");
    }

    @Test
    void put_bySeveralStoresOnOneRoot() throws IOException {
        put(KEY, "hello");

        assertThat(FileSystemBlobStore.at(root).stat(KEY)).isEqualTo(store.stat(KEY));
    }

    @Test
    void put_durable_inAnInterruptedThread() throws IOException {
        store = FileSystemBlobStore.newFileSystemBlobStore(root).durable(true).build();

        Thread.currentThread().interrupt();
        put(KEY, "hello");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(read(KEY)).isEqualTo("hello");
    }

    @Test
    void put_durable() throws IOException {
        store = FileSystemBlobStore.newFileSystemBlobStore(root).durable(true).build();

        put("staged/20300131/abc", "hello");
        copy("staged/20300131/abc", KEY);

        assertThat(read(KEY)).isEqualTo("hello");
    }

    @Test
    void put_failed_leavesNoFile() {
        InputStream failing = new InputStream() {
            @Override
            public int read() {
                throw new UncheckedIOException(new IOException("gone"));
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                return read();
            }
        };

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> store.put(blob(KEY, PutRequest.UNKNOWN_SIZE), failing));
        assertThat(files()).isEmpty();
        assertThat(root.resolve(".unfinished")).isEmptyDirectory();
    }

    @Test
    void put_parentIsALinkOutOfTheRoot() throws IOException {
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Files.createSymbolicLink(root.resolve("private"), outside);

        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> put(KEY, "hello"))
                .withMessage(
                        "file system " + root + ": put of private/abc: expected a real directory, found a file or a"
                                + " symbolic link: " + root.resolve("private"))
                .withCauseInstanceOf(NotDirectoryException.class);
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void anyOperation_parentIsALinkOutOfTheRoot() throws IOException {
        FileSystemBlobStore victim = FileSystemBlobStore.newFileSystemBlobStore(directory.resolve("outside"))
                .attributes(false)
                .build();
        BlobInfo secret = victim.put(blob(KEY, 6), new ByteArrayInputStream("secret".getBytes(UTF_8)));
        Files.createSymbolicLink(root.resolve("private"), directory.resolve("outside/private"));

        assertThatExceptionOfType(BlobStoreException.class).isThrownBy(() -> store.stat(KEY));
        assertThatExceptionOfType(BlobStoreException.class).isThrownBy(() -> read(KEY));
        assertThatExceptionOfType(BlobStoreException.class).isThrownBy(() -> store.delete(List.of(KEY)));
        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> store.copy(new CopyRequest(secret, "public/a", "a/b", "inline", Visibility.PUBLIC)));
        assertThatExceptionOfType(BlobStoreException.class).isThrownBy(() -> store.list("private/", null, 10));
        assertThat(store.list("", null, 10).blobs()).isEmpty();
        assertThat(victim.stat(KEY)).isEqualTo(secret);
    }

    @Test
    void anyOperation_blobIsALinkOutOfTheRoot() throws IOException {
        FileSystemBlobStore victim = FileSystemBlobStore.newFileSystemBlobStore(directory.resolve("outside"))
                .attributes(false)
                .build();
        BlobInfo secret = victim.put(blob(KEY, 6), new ByteArrayInputStream("secret".getBytes(UTF_8)));
        Files.createDirectory(root.resolve("private"));
        for (String name : List.of("abc.facts", "abc." + secret.version())) {
            Files.createSymbolicLink(
                    root.resolve("private").resolve(name),
                    directory.resolve("outside/private").resolve(name));
        }

        assertThatExceptionOfType(BlobStoreException.class).isThrownBy(() -> store.stat(KEY));
        assertThatExceptionOfType(BlobStoreException.class).isThrownBy(() -> read(KEY));
        assertThatExceptionOfType(BlobStoreException.class).isThrownBy(() -> put(KEY, "hello"));
        assertThatExceptionOfType(BlobStoreException.class).isThrownBy(() -> copy(secret, "public/a"));
        assertThat(store.list("", null, 10).blobs()).isEmpty();
        assertThatExceptionOfType(BlobStoreException.class).isThrownBy(() -> store.delete(List.of(KEY)));
        assertThat(victim.stat(KEY)).isEqualTo(secret);
        assertThat(Files.readString(directory.resolve("outside/private/abc." + secret.version())))
                .isEqualTo("secret");
    }

    @Test
    void open_factsNameAnotherFile() throws IOException {
        BlobInfo info = put(KEY, "hello");
        Files.writeString(directory.resolve("passwd"), "12345");
        Path facts = root.resolve("private/abc.facts");
        Files.writeString(
                facts, Files.readString(facts).replace("version: " + info.version(), "version: /../../../../passwd"));

        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> read(KEY))
                .withMessage("file system " + root
                        + ": open of private/abc: facts: expected a version of 32 hexadecimal digits");
        store.delete(List.of(KEY));
        assertThat(directory.resolve("passwd")).hasContent("12345");
        assertThat(files()).isEmpty();
    }

    @Test
    void open_contentIsALinkOutOfTheRoot() throws IOException {
        BlobInfo info = put(KEY, "hello");
        Path secret = Files.writeString(directory.resolve("passwd"), "12345");
        Path content = content(info);
        Files.delete(content);
        Files.createSymbolicLink(content, secret);

        assertThatExceptionOfType(BlobStoreException.class).isThrownBy(() -> read(KEY));
        assertThatExceptionOfType(BlobStoreException.class).isThrownBy(() -> copy(info, "public/a"));
        assertThat(store.stat("public/a")).isNull();
        assertThat(secret).hasContent("12345");
    }

    @Test
    void stat_factsAreALinkOutOfTheRoot() throws IOException {
        put(KEY, "hello");
        Path facts = root.resolve("private/abc.facts");
        Files.move(facts, directory.resolve("facts"));
        Files.createSymbolicLink(facts, directory.resolve("facts"));

        assertThatExceptionOfType(BlobStoreException.class).isThrownBy(() -> store.stat(KEY));
    }

    @Test
    void put_unfinishedIsALinkOutOfTheRoot() throws IOException {
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Files.delete(root.resolve(".unfinished"));
        Files.createSymbolicLink(root.resolve(".unfinished"), outside);
        Files.createFile(outside.resolve("0-aa"));

        assertThatExceptionOfType(BlobStoreException.class).isThrownBy(() -> put(KEY, "hello"));
        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> store.removeUnfinishedWrites(clock.instant()));
        assertThat(outside).isDirectoryContaining("glob:**/0-aa");
    }

    @Test
    void open_truncatedFile() throws IOException {
        Files.writeString(content(put(KEY, "hello")), "hell");

        assertThatExceptionOfType(BlobIntegrityException.class)
                .isThrownBy(() -> read(KEY))
                .withMessage("file system " + root
                        + ": open of private/abc: expected 5 bytes, found a file of another length");
        assertThatExceptionOfType(BlobIntegrityException.class).isThrownBy(() -> copy(KEY, "public/a"));
        assertThat(store.stat("public/a")).isNull();
    }

    @Test
    void open_lostContent() throws IOException {
        Files.delete(content(put(KEY, "hello")));

        assertThatExceptionOfType(BlobNotFoundException.class).isThrownBy(() -> read(KEY));
        assertThatExceptionOfType(BlobIntegrityException.class).isThrownBy(() -> copy(KEY, "public/a"));
    }

    @Test
    void open_truncatedWhileOpen() throws IOException {
        BlobInfo info = put(KEY, "x".repeat(100_000));

        try (InputStream in = store.open(KEY, ByteRange.whole())) {
            in.skipNBytes(10);
            Files.writeString(content(info), "too short");
            assertThatExceptionOfType(EOFException.class)
                    .isThrownBy(in::readAllBytes)
                    .withMessage("expected 99990 more bytes, found the end of the file");
        }
    }

    @Test
    void stat_factsOfAnotherForm() throws IOException {
        put(KEY, "hello");
        Files.writeString(root.resolve("private/abc.facts"), "<html>");

        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> store.stat(KEY))
                .withMessage("file system " + root + ": stat of private/abc: facts: expected the first line"
                        + " \"graphql-files blob 1\" and the last \"end\"");
    }

    @Test
    void stat_factsCutOff() throws IOException {
        put(KEY, "hello");
        Path facts = root.resolve("private/abc.facts");
        String text = Files.readString(facts);
        Files.writeString(facts, text.substring(0, text.length() - "end\n".length()));

        assertThatExceptionOfType(BlobStoreException.class).isThrownBy(() -> store.stat(KEY));
    }

    @Test
    void list_brokenBlob_canStillBeCleanedUp() throws IOException {
        put(KEY, "hello");
        put("private/abcd", "hello");
        Files.writeString(root.resolve("private/abc.facts"), "");

        assertThat(store.list("", null, 10).blobs()).extracting(BlobInfo::key).containsExactly(KEY, "private/abcd");
        store.delete(List.of(KEY));
        assertThat(store.list("", null, 10).blobs()).extracting(BlobInfo::key).containsExactly("private/abcd");
        assertThat(read("private/abcd")).isEqualTo("hello");
        store.delete(List.of("private/abcd"));
        assertThat(files()).isEmpty();
    }

    @Test
    void list_passesOverWhatIsNotOurs() throws IOException {
        put(KEY, "hello");
        Files.createDirectories(root.resolve("lost+found"));
        Files.createDirectories(root.resolve("a/b/c/d/e/f"));
        Files.copy(root.resolve("private/abc.facts"), root.resolve("a/b/c/d/e/f/g.facts"));
        Files.copy(root.resolve("private/abc.facts"), root.resolve("private/.facts"));
        Files.copy(root.resolve("private/abc.facts"), root.resolve("private/a b.facts"));
        Files.createDirectories(root.resolve("private/directory.facts"));
        Files.writeString(root.resolve("README"), "");

        assertThat(store.list("", null, 10).blobs()).extracting(BlobInfo::key).containsExactly(KEY);
    }

    @Test
    void list_manyInOneDirectory() throws IOException {
        for (int i = 0; i < 50; i++) {
            put("private/k" + i, "");
        }

        BlobStore.Page first = store.list("private/", null, 30);
        BlobStore.Page second = store.list("private/", first.nextCursor(), 30);

        assertThat(first.blobs()).hasSize(30);
        assertThat(second.blobs()).hasSize(20);
        assertThat(second.nextCursor()).isNull();
    }

    @Test
    void list_cursorOfAnotherPrefix() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.list("private/", "../../etc/", 10))
                .withMessage("cursor: expected one that a listing of the same prefix gave");
        assertThatIllegalArgumentException().isThrownBy(() -> store.list("private/", "public/a", 10));
    }

    @Test
    void copy_sharesTheBytes() throws IOException {
        BlobInfo source = put(KEY, "hello");

        BlobInfo target = copy(source, "public/a");

        assertThat(Files.isSameFile(content(source), content(target))).isTrue();
    }

    @Test
    void delete_removesTheEmptyDayButNotItsParent() throws IOException {
        put("staged/20300131/a", "hello");
        put("staged/20300131/b", "hello");

        store.delete(List.of("staged/20300131/a"));
        assertThat(root.resolve("staged/20300131")).exists();

        store.delete(List.of("staged/20300131/b"));
        assertThat(root.resolve("staged/20300131")).doesNotExist();
        assertThat(root.resolve("staged")).isEmptyDirectory();
        assertThat(root.resolve(".unfinished")).isEmptyDirectory();
    }

    /** As on Windows while somebody reads it. */
    @Test
    void delete_contentCannotBeDeleted_isFinishedLater() throws IOException {
        Path content = content(put(KEY, "hello"));
        Path kept = directory.resolve("kept");
        Files.move(content, kept);
        Files.createDirectories(content.resolve("not empty"));

        assertThatExceptionOfType(BlobStoreException.class).isThrownBy(() -> store.delete(List.of(KEY)));

        Files.delete(content.resolve("not empty"));
        Files.delete(content);
        Files.move(kept, content);
        assertThat(store.stat(KEY)).isNull();
        store.delete(List.of(KEY));
        clock.advance(Duration.ofHours(1));
        assertThat(store.removeUnfinishedWrites(clock.instant())).isEqualTo(1);
        assertThat(files()).isEmpty();
    }

    @Test
    void removeUnfinishedWrites_removesOnlyWhatBeganBefore() throws IOException {
        long then = clock.millis();
        for (String name : List.of(then - 1 + "-aa", then - 1 + "-aa.facts", then + "-bb", "notours", "-1", "x-1")) {
            Files.writeString(root.resolve(".unfinished").resolve(name), "half");
        }
        put(KEY, "hello");

        assertThat(store.removeUnfinishedWrites(clock.instant())).isEqualTo(2);

        try (Stream<Path> left = Files.list(root.resolve(".unfinished"))) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder(then + "-bb", "notours", "-1", "x-1");
        }
        assertThat(read(KEY)).isEqualTo("hello");
    }

    @Test
    void removeUnfinishedWrites_diedBeforeTheFactsWereLinked() throws IOException {
        put(KEY, "hello");
        Files.move(root.resolve("private/abc.facts"), root.resolve(".unfinished/0-aa.facts"));
        assertThat(store.stat(KEY)).isNull();
        assertThat(store.list("", null, 10).blobs()).isEmpty();

        assertThat(store.removeUnfinishedWrites(clock.instant())).isEqualTo(1);

        assertThat(files()).isEmpty();
    }

    @Test
    void removeUnfinishedWrites_diedBeforeTheFactsWereLinked_anotherHasTheKey() throws IOException {
        BlobInfo dead = put(KEY, "dead");
        Files.move(root.resolve("private/abc.facts"), root.resolve(".unfinished/0-aa.facts"));
        BlobInfo alive = put(KEY, "alive");

        assertThat(store.removeUnfinishedWrites(clock.instant())).isEqualTo(1);

        assertThat(content(dead)).doesNotExist();
        assertThat(store.stat(KEY)).isEqualTo(alive);
        assertThat(read(KEY)).isEqualTo("alive");
    }

    @Test
    void removeUnfinishedWrites_diedAfterTheFactsWereLinked() throws IOException {
        put(KEY, "hello");
        Files.createLink(root.resolve(".unfinished/0-aa.facts"), root.resolve("private/abc.facts"));

        assertThat(store.removeUnfinishedWrites(clock.instant())).isEqualTo(1);

        assertThat(read(KEY)).isEqualTo("hello");
        assertThat(root.resolve(".unfinished")).isEmptyDirectory();
    }

    @Test
    void removeUnfinishedWrites_factsNameAnotherFile() throws IOException {
        Path precious = Files.createFile(directory.resolve("precious"));
        put(KEY, "hello");
        String text = Files.readString(root.resolve("private/abc.facts"));
        Files.writeString(root.resolve(".unfinished/0-aa.facts"), text.replace(KEY, "../../precious"));

        assertThat(store.removeUnfinishedWrites(clock.instant())).isEqualTo(1);

        assertThat(precious).exists();
        assertThat(read(KEY)).isEqualTo("hello");
    }

    @Test
    void removeUnfinishedWrites_doesNotFollowLinks() throws IOException {
        Path precious = Files.createFile(directory.resolve("precious"));
        Files.createSymbolicLink(root.resolve(".unfinished/0-aa"), precious);
        Files.createSymbolicLink(root.resolve(".unfinished/0-bb.facts"), precious);

        assertThat(store.removeUnfinishedWrites(clock.instant())).isEqualTo(2);

        assertThat(precious).exists();
        assertThat(root.resolve(".unfinished")).isEmptyDirectory();
    }

    @Test
    void put_noPermission() throws IOException {
        Path unfinished = root.resolve(".unfinished");
        assumeThat(Files.getFileStore(directory).supportsFileAttributeView("posix"))
                .isTrue();
        Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("r-xr-xr-x"));
        assumeThat(Files.isWritable(unfinished))
                .as("permissions do not bind the super-user")
                .isFalse();

        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> put(KEY, "hello"))
                .withMessageContaining("expected permission to read and write, found none for ");
    }

    private Path content(BlobInfo info) {
        return root.resolve(info.key() + "." + info.version());
    }

    private static PutRequest blob(String key, long size) {
        return new PutRequest(key, size, "text/plain", "inline", Visibility.PRIVATE);
    }

    @Test
    void put_rootIsGone_saysSo() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }

        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> put(KEY, "hello"))
                .withMessageContaining("no such directory: " + root);
    }

    private BlobInfo put(String key, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        return store.put(blob(key, bytes.length), new ByteArrayInputStream(bytes));
    }

    private void copy(String source, String target) {
        copy(requireNonNull(store.stat(source)), target);
    }

    private BlobInfo copy(BlobInfo source, String target) {
        return store.copy(new CopyRequest(source, target, "text/plain", "inline", Visibility.PRIVATE));
    }

    private String read(String key) throws IOException {
        try (InputStream in = store.open(key, ByteRange.whole())) {
            return new String(in.readAllBytes(), UTF_8);
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
