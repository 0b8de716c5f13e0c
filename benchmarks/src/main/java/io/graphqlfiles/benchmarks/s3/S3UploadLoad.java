package io.graphqlfiles.benchmarks.s3;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Uploads streams to a server that takes all and keeps nothing, over HTTP and over TLS, each contender in a JVM of its
 * own, in turns. Arguments: rounds, and MiB of each stream; default 7 and 1024.
 */
public final class S3UploadLoad {

    static final String PASSWORD = "benchmark";
    static final String PLAIN_PUT = "plain-put";
    static final String TRANSFER_MANAGER = "transfer-manager";
    static final String TRANSFER_MANAGER_SIGNING = "transfer-manager-signing";
    static final String GRAPHQL_FILES = "graphql-files";
    private static final List<String> CONTENDERS = List.of(PLAIN_PUT, TRANSFER_MANAGER, GRAPHQL_FILES);
    /** Over plain HTTP the transfer manager by default signs nothing of what it sends; the others do. */
    private static final List<String> CONTENDERS_OVER_HTTP =
            List.of(PLAIN_PUT, TRANSFER_MANAGER, TRANSFER_MANAGER_SIGNING, GRAPHQL_FILES);

    private static final int HEAP_MEGABYTES = 512;
    private static final List<Integer> HEAPS = List.of(48, 64, 80, 96, 128, 192, 256, 384);

    private record Measurement(long byteSize, long nanos, long cpuNanos, long peakHeap) {

        double megabytesPerSecond() {
            return byteSize / 1048576.0 / (nanos / 1e9);
        }

        double cpuSecondsPerGigabyte() {
            return cpuNanos / 1e9 / (byteSize / 1073741824.0);
        }

        double peakHeapMegabytes() {
            return peakHeap / 1048576.0;
        }
    }

    private S3UploadLoad() {}

    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 7;
        long byteSize = (arguments.length > 1 ? Long.parseLong(arguments[1]) : 1024) << 20;
        Path keys = Files.createTempDirectory("s3-upload-load");
        try {
            Path keyStore = keyStore(keys);
            compare("HTTP", null, rounds, byteSize);
            compare("TLS", keyStore, rounds, byteSize);
            compareHeaps(keyStore, Math.max(1, rounds / 2), byteSize);
        } finally {
            Files.deleteIfExists(keys.resolve("keys.p12"));
            Files.deleteIfExists(keys);
        }
    }

    private static Path keyStore(Path directory) throws IOException, InterruptedException {
        Path file = directory.resolve("keys.p12");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-keystore",
                        file.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        process.getInputStream().transferTo(System.err);
        if (process.waitFor() != 0) {
            throw new IOException("keytool has failed");
        }
        return file;
    }

    private static void compare(String title, @Nullable Path keyStore, int rounds, long byteSize) throws Exception {
        List<String> contenders = keyStore == null ? CONTENDERS_OVER_HTTP : CONTENDERS;
        Map<String, List<Measurement>> measured = new LinkedHashMap<>();
        List<Child> children = new ArrayList<>();
        try (Child server = server(keyStore)) {
            String endpoint = endpoint(keyStore, server);
            Map<String, Child> uploaders = new LinkedHashMap<>();
            for (String contender : contenders) {
                Child child = uploader(contender, endpoint, byteSize, HEAP_MEGABYTES);
                children.add(child);
                uploaders.put(contender, child);
            }
            for (int round = -1; round < rounds; round++) {
                for (String contender : contenders) {
                    Measurement measurement = upload(requireNonNull(uploaders.get(contender)), byteSize);
                    if (round >= 0) {
                        measured.computeIfAbsent(contender, any -> new ArrayList<>())
                                .add(measurement);
                    }
                }
            }
        } finally {
            children.forEach(Child::close);
        }
        print(title, measured, byteSize);
    }

    /** What is used of a large heap is mostly garbage; what a contender needs shows when it has less. */
    private static void compareHeaps(Path keyStore, int rounds, long byteSize) throws Exception {
        print(
                "%nTLS, MB/s with so many MB of heap%n%n| | %s |%n|---%s|%n",
                HEAPS.stream().map(String::valueOf).collect(Collectors.joining(" | ")), "|---".repeat(HEAPS.size()));
        try (Child server = server(keyStore)) {
            String endpoint = endpoint(keyStore, server);
            for (String contender : List.of(TRANSFER_MANAGER, GRAPHQL_FILES)) {
                List<String> speeds = new ArrayList<>();
                for (int megabytes : HEAPS) {
                    speeds.add(speed(contender, endpoint, rounds, byteSize, megabytes));
                }
                print("| %s | %s |%n", contender, String.join(" | ", speeds));
            }
        }
    }

    private static String speed(String contender, String endpoint, int rounds, long byteSize, int megabytes)
            throws IOException {
        List<Measurement> measured = new ArrayList<>();
        try (Child uploader = uploader(contender, endpoint, byteSize, megabytes)) {
            upload(uploader, byteSize);
            for (int round = 0; round < rounds; round++) {
                measured.add(upload(uploader, byteSize));
            }
        } catch (EOFException e) {
            return "out of memory";
        }
        return String.format(Locale.ROOT, "%.0f", median(measured, Measurement::megabytesPerSecond));
    }

    private static Child server(@Nullable Path keyStore) throws IOException {
        return new Child(
                DiscardingS3Server.class, HEAP_MEGABYTES, keyStore == null ? List.of() : List.of(keyStore.toString()));
    }

    private static String endpoint(@Nullable Path keyStore, Child server) throws IOException {
        return (keyStore == null ? "http" : "https") + "://127.0.0.1:" + server.answer();
    }

    private static Child uploader(String contender, String endpoint, long byteSize, int megabytes) throws IOException {
        return new Child(S3Uploader.class, megabytes, List.of(contender, endpoint, Long.toString(byteSize)));
    }

    private static Measurement upload(Child uploader, long byteSize) throws IOException {
        uploader.ask();
        String[] figures = uploader.answer().split(" ", -1);
        return new Measurement(
                byteSize, Long.parseLong(figures[0]), Long.parseLong(figures[1]), Long.parseLong(figures[2]));
    }

    private static void print(String title, Map<String, List<Measurement>> measured, long byteSize) {
        List<Measurement> base = requireNonNull(measured.get(TRANSFER_MANAGER));
        print(
                "%n%s, JDK %s, %d MiB, %d MB of heap each, medians of %d rounds%n%n"
                        + "| | MB/s | ratio to %s | CPU s/GB | peak heap, MB |%n|---|---|---|---|---|%n",
                title, Runtime.version(), byteSize >> 20, HEAP_MEGABYTES, base.size(), TRANSFER_MANAGER);
        measured.forEach((contender, all) -> {
            double[] ratios = new double[all.size()];
            Arrays.setAll(
                    ratios, i -> all.get(i).megabytesPerSecond() / base.get(i).megabytesPerSecond());
            print(
                    "| %s | %.0f | %.2f | %.2f | %.0f |%n",
                    contender,
                    median(all, Measurement::megabytesPerSecond),
                    median(ratios),
                    median(all, Measurement::cpuSecondsPerGigabyte),
                    median(all, Measurement::peakHeapMegabytes));
        });
    }

    private static void print(String format, Object... arguments) {
        System.out.printf(Locale.ROOT, format, arguments);
        System.out.flush();
    }

    private static double median(List<Measurement> all, ToDoubleFunction<Measurement> figure) {
        return median(all.stream().mapToDouble(figure).toArray());
    }

    private static double median(double[] figures) {
        Arrays.sort(figures);
        return figures[figures.length / 2];
    }

    /** A JVM that ends with this one. */
    private static final class Child implements AutoCloseable {

        private final Process process;
        private final BufferedReader answers;
        private final PrintStream questions;

        Child(Class<?> main, int heapMegabytes, List<String> arguments) throws IOException {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx" + heapMegabytes + "m",
                    "-XX:+ExitOnOutOfMemoryError",
                    "-cp",
                    System.getProperty("java.class.path"),
                    main.getName()));
            command.addAll(arguments);
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            answers = process.inputReader(StandardCharsets.UTF_8);
            questions = new PrintStream(process.getOutputStream(), true, StandardCharsets.US_ASCII);
        }

        void ask() {
            questions.println();
        }

        String answer() throws IOException {
            String line = answers.readLine();
            // The JVM says good-bye on the same stream when it is out of memory.
            if (line == null || line.startsWith("Terminating")) {
                throw new EOFException("a process has ended: " + process.info().commandLine());
            }
            return line;
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
}
