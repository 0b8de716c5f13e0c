package io.graphqlfiles.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Measures whole servers that take uploads, beside a bare servlet that copies the raw body to a file. All in one run:
 * the contenders take turns, round by round, and medians are reported, because absolute figures of one machine differ
 * from one minute to the next. Prints a page of Markdown tables to standard output; ends on its own.
 *
 * <p>Options: {@code --quick} (a minute or so, for a first look), {@code --rounds=5}, {@code --directory=...} (where
 * files are written; the machine's disk matters), {@code --heap=256m}, {@code --contenders=raw,starter-mvc} (all by
 * default), {@code --only=1_KB,10_MB} (scenarios whose title begins so).
 */
public final class UploadLoad {

    private static final String HELD = "Heap held for each upload under way";

    private final List<ServerProcess> servers;
    private final int rounds;
    private final List<Scenario> scenarios;

    private UploadLoad(List<ServerProcess> servers, int rounds, List<Scenario> scenarios) {
        this.servers = servers;
        this.rounds = rounds;
        this.scenarios = scenarios;
    }

    /** See the class. */
    public static void main(String[] args) throws Exception {
        Options options = Options.parse(args);
        Path directory = Files.createTempDirectory(Files.createDirectories(options.directory()), "upload-load");
        List<ServerProcess> servers = new ArrayList<>();
        try {
            for (Contender contender : options.contenders()) {
                servers.add(ServerProcess.start(
                        contender,
                        Files.createDirectory(directory.resolve(contender.title())),
                        List.of("-Xmx" + options.heap())));
            }
            new UploadLoad(servers, options.rounds(), options.scenarios()).run(options);
        } finally {
            servers.forEach(ServerProcess::close);
            Directories.delete(directory);
        }
    }

    private void run(Options options) throws Exception {
        Report report = new Report(System.out);
        report.begin(options);
        for (ServerProcess server : servers) {
            for (Scenario scenario : options.warmUp()) {
                if (server.contender().takes(scenario.size())) {
                    scenario.run(server);
                    Directories.empty(server.files());
                }
            }
        }
        for (Scenario scenario : scenarios) {
            Map<Contender, List<Measurement>> measured = new EnumMap<>(Contender.class);
            for (int round = 0; round < rounds; round++) {
                for (ServerProcess server : servers) {
                    if (!server.contender().takes(scenario.size())) {
                        continue;
                    }
                    sync();
                    measured.computeIfAbsent(server.contender(), c -> new ArrayList<>())
                            .add(measure(scenario, server));
                }
            }
            report.table(scenario, measured);
        }
        if (options.wants(HELD)) {
            hold(report);
        }
    }

    private void hold(Report report) throws Exception {
        Map<Contender, Long> held = new EnumMap<>(Contender.class);
        for (ServerProcess server : servers) {
            if (!server.contender().takes(HeldHeap.SIZE)) {
                continue;
            }
            held.put(server.contender(), HeldHeap.measure(server));
            Directories.empty(server.files());
        }
        report.held(HELD, held);
    }

    /** Waits until what the contender before has left is on the disk, where the system has a command for it. */
    private static void sync() throws InterruptedException {
        try {
            new ProcessBuilder("sync").inheritIO().start().waitFor();
        } catch (IOException e) {
            // No such command: the figures differ a little more from round to round.
        }
    }

    private static Measurement measure(Scenario scenario, ServerProcess server) throws Exception {
        ServerProcess.Usage before = server.reset();
        Scenario.Result result;
        long temporary;
        try (TemporaryFiles files = new TemporaryFiles(server.tmp())) {
            result = scenario.run(server);
            temporary = files.peak();
        }
        ServerProcess.Usage after = server.usage();
        Directories.empty(server.files());
        return new Measurement(
                result.requests(),
                result.requests() * scenario.size(),
                result.nanos(),
                after.cpuNanos() - before.cpuNanos(),
                after.allocated() - before.allocated(),
                after.peakHeap(),
                temporary);
    }

    /** What was asked for on the command line. */
    record Options(
            boolean quick, int rounds, Path directory, String heap, List<Contender> contenders, List<String> only) {

        private static final String ALL_CONTENDERS =
                Arrays.stream(Contender.values()).map(Contender::title).collect(Collectors.joining(","));

        static Options parse(String[] args) {
            boolean quick = Arrays.asList(args).contains("--quick");
            return new Options(
                    quick,
                    Integer.parseInt(value(args, "--rounds", quick ? "1" : "5")),
                    Path.of(value(args, "--directory", System.getProperty("java.io.tmpdir"))),
                    value(args, "--heap", "256m"),
                    Arrays.stream(value(args, "--contenders", ALL_CONTENDERS).split(","))
                            .map(Contender::of)
                            .toList(),
                    List.of(value(args, "--only", "").replace('_', ' ').split(",", -1)));
        }

        private static String value(String[] args, String name, String otherwise) {
            return Arrays.stream(args)
                    .filter(arg -> arg.startsWith(name + "="))
                    .map(arg -> arg.substring(name.length() + 1))
                    .findFirst()
                    .orElse(otherwise);
        }

        /** With few connections at first: the compiler shares the processors with the threads of the requests. */
        List<Scenario> warmUp() {
            return List.of(
                    Scenario.forAWhile("warm-up", 1024, 2, Duration.ofSeconds(quick ? 2 : 45)),
                    Scenario.forAWhile("warm-up", 1024, 32, Duration.ofSeconds(quick ? 1 : 10)),
                    Scenario.times("warm-up", 10L << 20, 4, quick ? 5 : 50));
        }

        List<Scenario> scenarios() {
            return allScenarios().stream()
                    .filter(scenario -> wants(scenario.title()))
                    .toList();
        }

        boolean wants(String title) {
            return only.stream().anyMatch(title::startsWith);
        }

        private List<Scenario> allScenarios() {
            if (quick) {
                return List.of(
                        Scenario.forAWhile("1 KB, 32 connections", 1024, 32, Duration.ofSeconds(2)),
                        Scenario.forAWhile("100 KB, 32 connections", 100 * 1024, 32, Duration.ofSeconds(2)),
                        Scenario.times("10 MB", 10L << 20, 1, 10),
                        Scenario.times("100 MB", 100L << 20, 1, 2),
                        Scenario.times("8 x 20 MB at once", 20L << 20, 8, 1));
            }
            return List.of(
                    Scenario.forAWhile("1 KB, 32 connections", 1024, 32, Duration.ofSeconds(5)),
                    Scenario.forAWhile("100 KB, 32 connections", 100 * 1024, 32, Duration.ofSeconds(5)),
                    Scenario.times("10 MB", 10L << 20, 1, 30),
                    Scenario.times("100 MB", 100L << 20, 1, 5),
                    Scenario.times("1 GB", 1L << 30, 1, 1),
                    Scenario.times("32 x 100 MB at once", 100L << 20, 32, 1));
        }
    }
}
