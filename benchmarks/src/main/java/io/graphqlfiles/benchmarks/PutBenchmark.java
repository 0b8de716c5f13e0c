package io.graphqlfiles.benchmarks;

import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.Visibility;
import io.graphqlfiles.storage.fs.FileSystemBlobStore;
import java.io.ByteArrayInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Storing a blob on the file system and deleting it, beside a loop that writes a file. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class PutBenchmark {

    @Param({"1024", "10485760"})
    int size;

    private final Path directory;
    private final FileSystemBlobStore store;
    private final FileSystemBlobStore durable;
    private byte[] content = {};
    private long next;

    /** The directory is {@code -Dbenchmark.directory}: what is measured is its disk, too. */
    public PutBenchmark() {
        try {
            directory = Files.createTempDirectory(Path.of(System.getProperty("benchmark.directory", "target")), "put");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        store = FileSystemBlobStore.at(directory.resolve("store"));
        durable = FileSystemBlobStore.newFileSystemBlobStore(directory.resolve("durable"))
                .durable(true)
                .build();
    }

    @Setup
    public void fill() {
        content = new byte[size];
        new Random(1).nextBytes(content);
    }

    @TearDown
    public void remove() throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Benchmark
    public void bareLoop() throws IOException {
        Path file = directory.resolve("k" + next++);
        byte[] buffer = new byte[Math.min(64 * 1024, size)];
        try (InputStream in = new ByteArrayInputStream(content);
                OutputStream out = new FileOutputStream(file.toFile())) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
            }
        }
        Files.delete(file);
    }

    @Benchmark
    public void put() throws IOException {
        putAndDelete(store);
    }

    @Benchmark
    public void putDurable() throws IOException {
        putAndDelete(durable);
    }

    private void putAndDelete(FileSystemBlobStore used) throws IOException {
        String key = "private/k" + next++;
        used.put(
                new PutRequest(key, size, "image/png", "inline", Visibility.PRIVATE),
                new ByteArrayInputStream(content));
        used.delete(List.of(key));
    }
}
