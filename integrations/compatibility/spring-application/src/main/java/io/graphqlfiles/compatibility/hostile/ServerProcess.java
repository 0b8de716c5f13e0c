package io.graphqlfiles.compatibility.hostile;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.springframework.boot.WebApplicationType;

/** An application in a JVM of its own, with a small heap, that ends with this one. */
final class ServerProcess implements AutoCloseable {

    private static final Duration TIME_TO_ANSWER = Duration.ofSeconds(60);

    /**
     * What the server holds.
     *
     * @param descriptors what is open, but for libraries
     * @param threadsAtWork names of the threads that are in the library
     * @param temporaryFiles in the JVM's directory for them
     * @param storedFiles in the store's directory, unfinished ones included
     */
    record State(List<String> descriptors, String threadsAtWork, Set<Path> temporaryFiles, Set<Path> storedFiles) {}

    private final Process process;
    private final PrintStream questions;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final Path temporaryDirectory;
    private final URI graphQl;
    private final Path files;

    private ServerProcess(Process process, Path temporaryDirectory) {
        this.process = process;
        this.temporaryDirectory = temporaryDirectory;
        questions = new PrintStream(process.getOutputStream(), true, StandardCharsets.US_ASCII);
        Thread reader = new Thread(this::readOutput, "output of the attacked server");
        reader.setDaemon(true);
        reader.start();
        String[] description = answer().split(" ", 2);
        graphQl = URI.create(description[0]);
        files = Path.of(description[1]);
    }

    /** Starts it and waits until it listens. */
    static ServerProcess start(WebApplicationType type, String heap, List<String> properties) {
        try {
            Path parent = Files.createDirectories(Path.of("target", "attacked").toAbsolutePath());
            Path temporaryDirectory = Files.createTempDirectory(parent, "");
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.add("-Xmx" + heap);
            command.add("-XX:TieredStopAtLevel=1");
            command.add("-XX:+ExitOnOutOfMemoryError");
            command.add("-Djava.io.tmpdir=" + temporaryDirectory);
            command.add("-cp");
            command.add(System.getProperty("java.class.path"));
            command.add(AttackedServer.class.getName());
            command.add(type.name());
            command.addAll(properties);
            command.add("graphql.files.multipart.temporary-directory=" + temporaryDirectory);
            command.add("server.tomcat.basedir=" + temporaryDirectory);
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            try {
                return new ServerProcess(process, temporaryDirectory);
            } catch (RuntimeException | Error e) {
                process.destroyForcibly();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI graphQl() {
        return graphQl;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** All that it has written so far, by lines. */
    List<String> log() {
        return log;
    }

    State state() {
        questions.println();
        String[] figures = answer().split(" ", 2);
        return new State(List.of(figures[0].split(",", -1)), figures[1], files(temporaryDirectory), files(files));
    }

    private String answer() {
        try {
            String answer = answers.poll(TIME_TO_ANSWER.toSeconds(), TimeUnit.SECONDS);
            if (answer == null) {
                throw new AssertionError("The server does not answer:\n" + String.join("\n", log));
            }
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void readOutput() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith(AttackedServer.MARK)) {
                    answers.add(line.substring(AttackedServer.MARK.length()));
                } else {
                    log.add(line);
                }
            }
        } catch (IOException e) {
            log.add(e.toString());
        }
    }

    private static Set<Path> files(Path directory) {
        for (; ; ) {
            try (Stream<Path> all = Files.walk(directory)) {
                return new TreeSet<>(all.filter(Files::isRegularFile).toList());
            } catch (UncheckedIOException | NoSuchFileException e) {
                if (!Files.isDirectory(directory)) {
                    return Set.of();
                }
                // Something has gone in the meantime: look again.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        questions.close();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
