package io.graphqlfiles.internal.execution;

import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * The threads that help to store the files of a call, shared by all calls of an instance. They are daemons, start when
 * needed and end after ten idle seconds; a call that finds none does its work alone.
 */
public final class FileThreads implements AutoCloseable {

    private static final int IDLE_SECONDS = 10;
    /** So many calls have all the help that they may have; more share it. */
    private static final int CALLS = 8;

    private final int filesAtOnce;
    private final UnaryOperator<Runnable> context;
    private final ThreadPoolExecutor threads;

    /**
     * Starts none yet.
     *
     * @param filesAtOnce how many files of one call at most
     * @param context takes what is bound to the calling thread into another
     */
    public FileThreads(int filesAtOnce, UnaryOperator<Runnable> context) {
        this.filesAtOnce = filesAtOnce;
        this.context = context;
        AtomicInteger number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                0,
                Math.max(1, CALLS * (filesAtOnce - 1)),
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                task -> {
                    // Inherits nothing: it will work for other requests too.
                    Thread thread = new Thread(null, task, "graphql-files-side-" + number.incrementAndGet(), 0, false);
                    thread.setDaemon(true);
                    return thread;
                });
    }

    public int filesAtOnce() {
        return filesAtOnce;
    }

    /**
     * Has something done in another thread, with what is bound to this one.
     *
     * @param ended is run there in the end, whatever happens
     * @throws java.util.concurrent.RejectedExecutionException if none is free
     */
    void start(Runnable work, Runnable ended) {
        Runnable inContext = context.apply(work);
        threads.execute(() -> {
            try {
                inContext.run();
            } finally {
                ended.run();
            }
        });
    }

    /** Interrupts what is in progress. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
