package io.graphqlfiles.compatibility.quarkus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The application, as {@code quarkus build} has made it, in a process with a small heap. */
final class QuarkusProcess implements AutoCloseable {

    private static final Pattern LISTENING = Pattern.compile("Listening on: http://[^:]+:(\\d+)");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path directory;
    private final Process process;
    private final URI base;

    private QuarkusProcess(Path directory, Process process) throws IOException {
        this.directory = directory;
        this.process = process;
        this.base = URI.create("http://localhost:" + awaitPort());
    }

    /**
     * @param settings properties, {@code name=value}
     * @throws IllegalStateException with all that it has written if it does not start
     */
    static QuarkusProcess start(String... settings) {
        return start(Map.of(), settings);
    }

    /**
     * @param environment variables, in addition to ours
     * @param settings properties, {@code name=value}
     * @throws IllegalStateException with all that it has written if it does not start
     */
    static QuarkusProcess start(Map<String, String> environment, String... settings) {
        try {
            Path parent =
                    Files.createDirectories(Path.of("target", "applications").toAbsolutePath());
            Path directory = Files.createTempDirectory(parent, "");
            Files.createDirectories(directory.resolve("temporary"));
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx112m",
                    "-Xshare:auto",
                    "-XX:TieredStopAtLevel=1",
                    "-Djava.io.tmpdir=" + directory.resolve("temporary"),
                    "-Dquarkus.http.host=127.0.0.1",
                    "-Dquarkus.http.port=0",
                    "-Dquarkus.graphql-files.fs.root=" + directory.resolve("files")));
            Stream.of(settings).map(setting -> "-D" + setting).forEach(command::add);
            command.addAll(List.of(
                    "-jar",
                    Path.of("target", "quarkus-app", "quarkus-run.jar")
                            .toAbsolutePath()
                            .toString()));
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("log").toFile());
            builder.environment().putAll(environment);
            return new QuarkusProcess(directory, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int awaitPort() throws IOException {
        long start = System.nanoTime();
        while (true) {
            Matcher listening = LISTENING.matcher(log());
            if (listening.find()) {
                return Integer.parseInt(listening.group(1));
            }
            if (!process.isAlive() || System.nanoTime() - start > PATIENCE.toNanos()) {
                close();
                throw new IllegalStateException("The application has not started:\n" + log());
            }
            Thread.onSpinWait();
        }
    }

    URI uri(String path) {
        return base.resolve(path);
    }

    Path files() {
        return directory.resolve("files");
    }

    Path temporaryFiles() {
        return directory.resolve("temporary");
    }

    String log() throws IOException {
        return Files.readString(directory.resolve("log"));
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, java.util.concurrent.TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
