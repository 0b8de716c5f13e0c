package io.graphqlfiles.benchmarks.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Some uploads of one size. */
record Scenario(String title, long size, int connections, int times, Duration atMost) {

    /** @param nanos from the moment when all connections are there to the last answer */
    record Result(long requests, long nanos) {}

    /** A number of uploads on each connection, one after the other. */
    static Scenario times(String title, long size, int connections, int times) {
        return new Scenario(title, size, connections, times, Duration.ofMinutes(5));
    }

    /** As many uploads as there is time for. */
    static Scenario forAWhile(String title, long size, int connections, Duration time) {
        return new Scenario(title, size, connections, Integer.MAX_VALUE, time);
    }

    boolean countsRequests() {
        return times == Integer.MAX_VALUE;
    }

    Result run(ServerProcess server) throws Exception {
        CyclicBarrier start = new CyclicBarrier(connections + 1);
        ExecutorService executor = Executors.newFixedThreadPool(connections);
        try {
            List<Future<Long>> counts = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                counts.add(executor.submit(() -> upload(server, start)));
            }
            start.await(30, TimeUnit.SECONDS);
            long from = System.nanoTime();
            long requests = 0;
            for (Future<Long> count : counts) {
                requests += count.get();
            }
            return new Result(requests, System.nanoTime() - from);
        } finally {
            executor.shutdownNow();
        }
    }

    private long upload(ServerProcess server, CyclicBarrier start) throws Exception {
        try (UploadConnection connection = new UploadConnection(server)) {
            start.await(30, TimeUnit.SECONDS);
            long end = System.nanoTime() + atMost.toNanos();
            long done = 0;
            while (done < times && System.nanoTime() - end < 0) {
                connection.upload(size);
                done++;
            }
            if (!countsRequests() && done < times) {
                throw new IllegalStateException(title + ": expected to end within " + atMost);
            }
            return done;
        }
    }
}
