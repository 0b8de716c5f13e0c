package io.graphqlfiles.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Measures what the starter adds to a Spring Boot application before its first request: the time from the start of its
 * JVM until it listens, and its resident memory then. Applications take turns; medians are reported. On systems with
 * {@code /proc}.
 *
 * <p>One option: how many starts, 7 by default.
 */
public final class StartLoad {

    private record Start(long millis, long residentKilobytes) {}

    private StartLoad() {}

    /** See the class. */
    public static void main(String[] args) throws Exception {
        int starts = args.length == 0 ? 7 : Integer.parseInt(args[0]);
        List<Contender> contenders =
                List.of(Contender.TEXT_MVC, Contender.SPRING_LIBRARY, Contender.STARTER_MVC, Contender.STARTER_WEBFLUX);
        Path directory = Files.createTempDirectory("start-load");
        Map<Contender, List<Start>> measured = new EnumMap<>(Contender.class);
        try {
            for (int round = 0; round <= starts; round++) {
                for (Contender contender : contenders) {
                    Start start = start(contender, Files.createDirectories(directory.resolve(contender.title())));
                    if (round > 0) { // the first only brings the files into the system's cache
                        measured.computeIfAbsent(contender, c -> new ArrayList<>())
                                .add(start);
                    }
                }
            }
        } finally {
            Directories.delete(directory);
        }
        System.out.printf("%nJDK %s, medians of %d starts.%n%n", Runtime.version(), starts);
        System.out.println("| | ms until it listens | fastest | slowest | resident, MB |");
        System.out.println("|---|---|---|---|---|");
        measured.forEach((contender, all) -> {
            List<Long> millis = all.stream().map(Start::millis).sorted().toList();
            List<Long> resident =
                    all.stream().map(Start::residentKilobytes).sorted().toList();
            System.out.printf(
                    "| %s | %d | %d | %d | %d |%n",
                    contender.title(),
                    millis.get(starts / 2),
                    millis.get(0),
                    millis.get(starts - 1),
                    resident.get(starts / 2) / 1024);
        });
    }

    private static Start start(Contender contender, Path directory) throws IOException {
        long from = System.nanoTime();
        try (ServerProcess server = ServerProcess.start(contender, directory, List.of())) {
            long millis = (System.nanoTime() - from) / 1_000_000;
            return new Start(millis, server.residentKilobytes());
        }
    }
}
