package io.graphqlfiles.example.s3;

import io.graphqlfiles.example.CatalogueApplication;
import io.graphqlfiles.storage.s3.server.S3Server;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The catalogue in a process of its own with 256 MB of heap, set by its environment to keep its files on S3. */
final class ExampleProcess implements AutoCloseable {

    private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)");

    private final Process process;
    private final int port;
    private final Path temporary;

    private ExampleProcess(Process process, int port, Path temporary) {
        this.process = process;
        this.port = port;
        this.temporary = temporary;
    }

    /**
     * Starts it, and waits until it answers.
     *
     * @param endpoint by which it reaches the server; its clients use the server's own
     */
    static ExampleProcess start(S3Server server, URI endpoint, Path directory, String... arguments) throws IOException {
        Process process = builder(server, endpoint, directory, arguments).start();
        try {
            return new ExampleProcess(process, port(process), temporary(directory));
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** For an example that ends on its own: all that it writes comes to its standard output. */
    static ProcessBuilder builder(S3Server server, URI endpoint, Path directory, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                // Half of a short life is the start.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Djava.io.tmpdir=" + Files.createDirectories(temporary(directory)),
                "-cp",
                System.getProperty("java.class.path"),
                CatalogueApplication.class.getName(),
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.main.banner-mode=off",
                "--spring.datasource.url=jdbc:h2:file:" + directory.resolve("catalogue"),
                "--catalogue.secret-file=" + directory.resolve("secret")));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "AWS_ACCESS_KEY_ID", server.accessKey(),
                        "AWS_SECRET_ACCESS_KEY", server.secretKey(),
                        "AWS_REGION", server.region(),
                        "GRAPHQL_FILES_STORE", "s3",
                        "GRAPHQL_FILES_S3_BUCKET", server.bucket(),
                        "GRAPHQL_FILES_S3_ENDPOINT", endpoint.toString(),
                        "GRAPHQL_FILES_S3_PUBLICENDPOINT", server.endpoint().toString(),
                        "GRAPHQL_FILES_S3_PATHSTYLE", "true"));
        return builder;
    }

    private static Path temporary(Path directory) {
        return directory.resolve("tmp");
    }

    int port() {
        return port;
    }

    /** Its directory for temporary files. */
    Path temporary() {
        return temporary;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it without leave to tidy up. */
    void kill() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the process does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }

    private static int port(Process process) throws IOException {
        BufferedReader log =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder read = new StringBuilder();
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            read.append(line).append('\n');
            Matcher started = STARTED.matcher(line);
            if (started.find()) {
                discard(process);
                return Integer.parseInt(started.group(1));
            }
        }
        throw new IllegalStateException("the example did not start:\n" + read);
    }

    /** A process whose output nobody reads stops in the end. */
    private static void discard(Process process) {
        Thread reader = new Thread(() -> {
            try {
                process.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        reader.setDaemon(true);
        reader.setUncaughtExceptionHandler((thread, failure) -> {});
        reader.start();
    }
}
