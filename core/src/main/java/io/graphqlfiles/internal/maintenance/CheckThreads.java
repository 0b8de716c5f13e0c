package io.graphqlfiles.internal.maintenance;

import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads in which stores are asked that may not answer: daemons, started when there is something to ask. */
final class CheckThreads {

    private CheckThreads() {}

    static ThreadPoolExecutor create() {
        return new ThreadPoolExecutor(0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(null, task, "graphql-files-store-check", 0, false);
            thread.setDaemon(true);
            return thread;
        });
    }
}
