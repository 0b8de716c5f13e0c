package io.graphqlfiles.storage.fs;

import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.spi.PartUpload;
import io.graphqlfiles.spi.PartUploadRequest;
import io.graphqlfiles.spi.PutPartRequest;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.UploadedPart;
import io.graphqlfiles.spi.Visibility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that dies in the middle of a write. */
@Timeout(60)
class KilledWriterTest {

    private static final String KEY = "private/abc";

    @TempDir
    private Path root;

    @Test
    void put_processKilled_leavesOnlyWhatCanBeRemoved() throws Exception {
        killHalfWay(Writer.class);
        FileSystemBlobStore store = FileSystemBlobStore.at(root);

        assertThat(store.stat(KEY)).isNull();
        assertThat(store.list("", null, 10).blobs()).isEmpty();
        assertThat(files()).hasSize(1).allMatch(file -> file.startsWith(root.resolve(".unfinished")));

        assertThat(store.removeUnfinishedWrites(Instant.now().plus(Duration.ofHours(1))))
                .isEqualTo(1);
        assertThat(files()).isEmpty();
        store.put(new PutRequest(KEY, 0, "text/plain", "inline", Visibility.PRIVATE), InputStream.nullInputStream());
        assertThat(store.stat(KEY)).isNotNull();
    }

    @Test
    void putPart_processKilled_uploadGoesOnWithWhatIsWhole() throws Exception {
        FileSystemBlobStore store = FileSystemBlobStore.at(root);
        PartUpload upload =
                store.beginParts(new PartUploadRequest(KEY, 2 * PartWriter.PART + 1, PartWriter.PART, "text/plain"));
        killHalfWay(PartWriter.class, upload.uploadId());

        assertThat(store.listParts(upload).stream().map(UploadedPart::number)).containsExactly(1);
        store.putPart(new PutPartRequest(upload, 2, PartWriter.PART), zeros(PartWriter.PART));
        store.putPart(new PutPartRequest(upload, 3, 1), zeros(1));
        store.completeParts(upload, store.listParts(upload));

        try (InputStream in = store.open(KEY, ByteRange.whole())) {
            assertThat(in.readAllBytes()).isEqualTo(new byte[2 * PartWriter.PART + 1]);
        }
        assertThat(files()).hasSize(2);
    }

    @Test
    void putPart_processKilled_leavesOnlyWhatCanBeRemoved() throws Exception {
        FileSystemBlobStore store = FileSystemBlobStore.at(root);
        PartUpload upload =
                store.beginParts(new PartUploadRequest(KEY, 2 * PartWriter.PART + 1, PartWriter.PART, "text/plain"));
        killHalfWay(PartWriter.class, upload.uploadId());

        assertThat(store.removeUnfinishedWrites(Instant.now().plus(Duration.ofHours(1))))
                .isEqualTo(1);

        assertThat(files()).isEmpty();
    }

    private void killHalfWay(Class<?> main, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                root.toString()));
        command.addAll(List.of(arguments));
        Process writer = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(writer.getInputStream().read())
                    .as("the writer is half way")
                    .isEqualTo('!');
        } finally {
            writer.destroyForcibly();
            assertThat(writer.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static InputStream zeros(int size) {
        return new ByteArrayInputStream(new byte[size]);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.filter(Files::isRegularFile).toList();
        }
    }

    /** Writes without end, and says so after the first megabyte. */
    static final class Writer {

        private Writer() {}

        public static void main(String[] args) throws IOException {
            FileSystemBlobStore store = FileSystemBlobStore.at(Path.of(args[0]));
            store.put(
                    new PutRequest(KEY, PutRequest.UNKNOWN_SIZE, "text/plain", "inline", Visibility.PRIVATE),
                    new Endless());
        }
    }

    /** Writes a whole part, and another one without end. */
    static final class PartWriter {

        static final int PART = 2 * 1024 * 1024;

        private PartWriter() {}

        public static void main(String[] args) throws IOException {
            FileSystemBlobStore store = FileSystemBlobStore.at(Path.of(args[0]));
            PartUpload upload = new PartUpload(KEY, args[1]);
            store.putPart(new PutPartRequest(upload, 1, PART), zeros(PART));
            store.putPart(new PutPartRequest(upload, 2, PART), new Endless());
        }
    }

    private static final class Endless extends InputStream {

        private long read;

        @Override
        public int read() throws IOException {
            return read(new byte[1], 0, 1) < 0 ? -1 : 0;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            read += length;
            if (read > 1024 * 1024) {
                System.out.write('!');
                System.out.flush();
                // Blocks until the process is killed, or ends it if the test has gone away.
                if (System.in.read() < 0) {
                    return -1;
                }
            }
            return length;
        }
    }
}
