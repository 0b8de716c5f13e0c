package io.graphqlfiles.benchmarks.load;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The server's side of {@link ServerProcess}: answers questions on standard input, and ends the process with it. */
final class ServerControl {

    /** Marks our lines among those that the server logs. */
    static final String MARK = "@control ";

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    private static final List<MemoryPoolMXBean> HEAP = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();

    private ServerControl() {}

    /** Tells the port, and then serves questions until the other process closes its end. Does not return. */
    static void serve(int port) throws IOException {
        say(Integer.toString(port));
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String question = questions.readLine(); question != null; question = questions.readLine()) {
            switch (question) {
                case "reset" -> {
                    System.gc();
                    HEAP.forEach(MemoryPoolMXBean::resetPeakUsage);
                }
                case "collect" -> System.gc();
                default -> {
                    // Only the figures.
                }
            }
            long peak = HEAP.stream()
                    .mapToLong(pool -> pool.getPeakUsage().getUsed())
                    .sum();
            long used =
                    HEAP.stream().mapToLong(pool -> pool.getUsage().getUsed()).sum();
            say(SYSTEM.getProcessCpuTime() + " " + allocated() + " " + peak + " " + used);
        }
        Runtime.getRuntime().halt(0);
    }

    /** By threads that live: the servers keep theirs. JDK 17 has no total. */
    private static long allocated() {
        return Arrays.stream(THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds()))
                .filter(bytes -> bytes > 0)
                .sum();
    }

    private static void say(String text) {
        System.out.println(MARK + text);
        System.out.flush();
    }
}
