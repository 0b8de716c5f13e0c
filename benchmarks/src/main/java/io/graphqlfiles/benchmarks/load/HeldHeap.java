package io.graphqlfiles.benchmarks.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a server holds in memory for an upload that is in progress, found while many of them stand still half way. */
final class HeldHeap {

    private static final int UPLOADS = 64;
    static final long SIZE = 40L << 20;

    private HeldHeap() {}

    /** Bytes for each upload. */
    static long measure(ServerProcess server) throws Exception {
        // Threads and pools that come with the connections and stay are not of the uploads.
        Scenario.times("warm-up", 1 << 20, UPLOADS, 3).run(server);
        List<UploadConnection> connections = new ArrayList<>();
        try {
            for (int i = 0; i < UPLOADS; i++) {
                connections.add(new UploadConnection(server));
                connections.get(i).upload(1024);
            }
            long before = server.collect().usedHeap();
            for (UploadConnection connection : connections) {
                connection.begin(SIZE, SIZE / 2);
            }
            long during = server.collect().usedHeap();
            for (UploadConnection connection : connections) {
                connection.finish(SIZE, SIZE - SIZE / 2);
            }
            return (during - before) / UPLOADS;
        } finally {
            close(connections);
        }
    }

    private static void close(List<UploadConnection> connections) throws IOException {
        for (UploadConnection connection : connections) {
            connection.close();
        }
    }
}
