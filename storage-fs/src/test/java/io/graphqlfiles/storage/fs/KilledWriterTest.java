package io.graphqlfiles.storage.fs;

import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.spi.PutBlob;
import io.graphqlfiles.spi.Visibility;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        root.toString())
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
        FileSystemBlobStore store = FileSystemBlobStore.at(root);

        assertThat(store.stat(KEY)).isNull();
        assertThat(store.list("", null, 10).blobs()).isEmpty();
        assertThat(files()).hasSize(1).allMatch(file -> file.startsWith(root.resolve(".unfinished")));

        assertThat(store.removeUnfinishedWrites(Instant.now().plus(Duration.ofHours(1))))
                .isEqualTo(1);
        assertThat(files()).isEmpty();
        store.put(new PutBlob(KEY, 0, "text/plain", "inline", Visibility.PRIVATE), InputStream.nullInputStream());
        assertThat(store.stat(KEY)).isNotNull();
    }

    private java.util.List<Path> files() throws IOException {
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
                    new PutBlob(KEY, PutBlob.UNKNOWN_SIZE, "text/plain", "inline", Visibility.PRIVATE), new Endless());
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
