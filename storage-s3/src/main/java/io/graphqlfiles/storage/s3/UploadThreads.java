package io.graphqlfiles.storage.s3;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that send parts, shared by all uploads of a store. When all are busy the calling thread sends the part
 * itself: every upload goes on, none waits for another, and the parts held in memory are at most one for each thread
 * here and one for each caller.
 */
final class UploadThreads {

    private static final int IDLE_SECONDS = 10;

    private UploadThreads() {}

    /**
     * Starts none yet.
     *
     * @param limit how many at most
     */
    static Executor create(int limit) {
        AtomicInteger number = new AtomicInteger();
        // They end on their own soon after the last upload: nobody has to close the store.
        return new ThreadPoolExecutor(
                0,
                limit,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                task -> {
                    Thread thread = new Thread(task, "graphql-files-s3-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.CallerRunsPolicy());
    }
}
