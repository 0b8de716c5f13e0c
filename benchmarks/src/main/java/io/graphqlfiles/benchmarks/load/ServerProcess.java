package io.graphqlfiles.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A contender's server, in a JVM of its own that ends with this one. */
final class ServerProcess implements AutoCloseable {

    /**
     * What the server's JVM has used.
     *
     * @param cpuNanos since it started
     * @param allocated bytes, since it started, by threads that still live; garbage included
     * @param peakHeap in bytes, since the last reset; the pools' peaks added up
     * @param usedHeap in bytes, now
     */
    record Usage(long cpuNanos, long allocated, long peakHeap, long usedHeap) {}

    private final Contender contender;
    private final Path directory;
    private final Process process;
    private final BufferedReader answers;
    private final PrintStream questions;
    private final int port;

    private ServerProcess(Contender contender, Path directory, Process process) throws IOException {
        this.contender = contender;
        this.directory = directory;
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.questions = new PrintStream(process.getOutputStream(), true, StandardCharsets.US_ASCII);
        this.port = Integer.parseInt(answer());
    }

    /**
     * Starts a server on a free port of the loopback interface and waits until it listens.
     *
     * @param directory gets {@code files}, where uploads go, and {@code tmp}, the JVM's directory for temporary files
     */
    static ServerProcess start(Contender contender, Path directory, List<String> jvmOptions) throws IOException {
        Path files = Files.createDirectories(directory.resolve("files"));
        Path tmp = Files.createDirectories(directory.resolve("tmp"));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.add("-Djava.io.tmpdir=" + tmp);
        command.add("-cp");
        command.add(contender.libraries().classPath());
        command.add(contender.mainClass());
        command.add(files.toString());
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            return new ServerProcess(contender, directory, process);
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    Contender contender() {
        return contender;
    }

    int port() {
        return port;
    }

    Path files() {
        return directory.resolve("files");
    }

    Path tmp() {
        return directory.resolve("tmp");
    }

    Usage usage() throws IOException {
        return ask("usage");
    }

    /** Of physical memory, now. */
    long residentKilobytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException(contender.title() + ": expected VmRSS in its status, found none");
    }

    /** Collects garbage and starts to look for a new peak. */
    Usage reset() throws IOException {
        return ask("reset");
    }

    /** Collects garbage, so that what is used is what is held. */
    Usage collect() throws IOException {
        return ask("collect");
    }

    private Usage ask(String question) throws IOException {
        questions.println(question);
        String[] figures = answer().split(" ", -1);
        return new Usage(
                Long.parseLong(figures[0]),
                Long.parseLong(figures[1]),
                Long.parseLong(figures[2]),
                Long.parseLong(figures[3]));
    }

    private String answer() throws IOException {
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith(ServerControl.MARK)) {
                return line.substring(ServerControl.MARK.length());
            }
            System.err.println(contender.title() + ": " + line);
        }
        throw new IOException(contender.title() + ": the server has ended");
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
