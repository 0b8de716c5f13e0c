package io.graphqlfiles.benchmarks.load;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Figures as Markdown. */
final class Report {

    private final PrintStream out;

    Report(PrintStream out) {
        this.out = out;
    }

    void begin(UploadLoad.Options options) {
        print(
                "JDK %s, %d processors, %s of heap for each server, medians of %d rounds.%n",
                Runtime.version(), Runtime.getRuntime().availableProcessors(), options.heap(), options.rounds());
    }

    void table(Scenario scenario, Map<Contender, List<Measurement>> measured) {
        boolean requests = scenario.countsRequests();
        ToDoubleFunction<Measurement> speed =
                requests ? Measurement::requestsPerSecond : Measurement::megabytesPerSecond;
        ToDoubleFunction<Measurement> cpu =
                requests ? Measurement::cpuMicrosPerRequest : Measurement::cpuSecondsPerGigabyte;
        print("%n## %s%n%n", scenario.title());
        print(
                "| | %s | ratio to raw | %s | allocated, KB/request | peak heap, MB | temporary bytes, MB |%n",
                requests ? "requests/s" : "MB/s", requests ? "CPU us/request" : "CPU s/GB");
        print("|---|---|---|---|---|---|---|%n");
        List<Measurement> raw = measured.get(Contender.RAW);
        measured.forEach((contender, rounds) -> print(
                "| %s | %.0f | %s | %.2f | %.0f | %.0f | %.1f |%n",
                contender.title(),
                median(rounds, speed),
                ratio(rounds, raw, speed),
                median(rounds, cpu),
                median(rounds, Measurement::allocatedKilobytesPerRequest),
                median(rounds, round -> round.peakHeap() / 1048576.0),
                median(rounds, round -> round.temporaryBytes() / 1048576.0)));
    }

    void held(String title, Map<Contender, Long> held) {
        print("%n## %s%n%n| | KB |%n|---|---|%n", title);
        held.forEach((contender, bytes) -> print("| %s | %d |%n", contender.title(), bytes / 1024));
    }

    /** The median of the rounds' own ratios, as rounds differ more than contenders do. */
    private static String ratio(
            List<Measurement> rounds, @Nullable List<Measurement> raw, ToDoubleFunction<Measurement> speed) {
        if (raw == null) {
            return "";
        }
        double[] ratios = new double[rounds.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = speed.applyAsDouble(rounds.get(i)) / speed.applyAsDouble(raw.get(i));
        }
        return String.format(Locale.ROOT, "%.2f", median(ratios));
    }

    private static double median(List<Measurement> rounds, ToDoubleFunction<Measurement> figure) {
        return median(rounds.stream().mapToDouble(figure).toArray());
    }

    private static double median(double[] figures) {
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private void print(String format, Object... arguments) {
        out.printf(Locale.ROOT, format, arguments);
        out.flush();
    }
}
