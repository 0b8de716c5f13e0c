package io.graphqlfiles.pictures;

import io.graphqlfiles.spi.media.VariantFailedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs one command that reads what a stranger has sent: in a directory of its own, without our environment, with bounds
 * on processor time, memory and what it writes, and never longer than it may take.
 */
final class ChildProcess {

    /** Bounds are set by a shell, which then becomes the command: kilobytes of memory, seconds, blocks of 512 bytes. */
    private static final String BOUNDED =
            "ulimit -c 0 && ulimit -v \"$1\" && ulimit -t \"$2\" && ulimit -f \"$3\" && shift 3 && exec \"$@\"";

    private static final int LONGEST_COMPLAINT = 2000;

    private final List<String> prefix;
    private final long maxMemory;
    private final long maxOutput;

    /**
     * Sets the bounds.
     *
     * @param prefix what to run commands by; empty for nothing
     * @param maxMemory bytes of address space
     * @param maxOutput bytes of each file that is written
     */
    ChildProcess(List<String> prefix, long maxMemory, long maxOutput) {
        this.prefix = List.copyOf(prefix);
        this.maxMemory = maxMemory;
        this.maxOutput = maxOutput;
    }

    /**
     * Runs a command and waits for its end.
     *
     * @param variables of its environment, next to those that every command has
     * @param directory where it runs
     * @param end by {@link System#nanoTime()}; it is killed then, and when this thread is interrupted
     * @throws VariantFailedException if it fails
     * @throws IOException if its time is over, or it could not be run
     */
    void run(List<String> command, Map<String, String> variables, Path directory, long end) throws IOException {
        long left = end - System.nanoTime();
        if (left <= 0) {
            throw new IOException("there is no time left for " + command.get(0));
        }
        Path complaints = directory.resolve("complaints.txt");
        Process process = start(command, variables, directory, complaints, TimeUnit.NANOSECONDS.toSeconds(left) + 1);
        try {
            if (!process.waitFor(left, TimeUnit.NANOSECONDS)) {
                throw new IOException(command.get(0) + " did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(command.get(0) + " was interrupted", e);
        } finally {
            kill(process);
        }
        if (process.exitValue() != 0) {
            throw new VariantFailedException(
                    command.get(0) + " ended with " + process.exitValue() + ": " + complaint(complaints), null);
        }
    }

    private Process start(
            List<String> command, Map<String, String> variables, Path directory, Path complaints, long seconds)
            throws IOException {
        List<String> bounded = new ArrayList<>(List.of("/bin/sh", "-c", BOUNDED, "sh"));
        bounded.add(Long.toString(maxMemory / 1024));
        bounded.add(Long.toString(seconds));
        bounded.add(Long.toString(Math.max(1, maxOutput / 512)));
        bounded.addAll(prefix);
        bounded.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(bounded)
                .directory(directory.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(complaints.toFile());
        Map<String, String> environment = builder.environment();
        String path = environment.getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
        environment.clear();
        environment.put("PATH", path);
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("HOME", directory.toString());
        environment.put("TMPDIR", directory.toString());
        environment.putAll(variables);
        return builder.start();
    }

    private static void kill(Process process) {
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    private static String complaint(Path complaints) throws IOException {
        byte[] bytes;
        try (var in = Files.newInputStream(complaints)) {
            bytes = in.readNBytes(LONGEST_COMPLAINT);
        }
        return new String(bytes, StandardCharsets.UTF_8).strip().replaceAll("\\p{Cntrl}+", " ");
    }
}
