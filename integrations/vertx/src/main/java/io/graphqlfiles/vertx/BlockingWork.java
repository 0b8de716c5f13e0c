package io.graphqlfiles.vertx;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Threads in which stores, and clients that are slow to send, may block. A task runs on the Vert.x context of whoever
 * gave it, so that what belongs to a request stays with it. Tasks do not wait for each other, and Vert.x does not
 * report threads that work for long: an upload takes as long as its client. Thread-safe.
 */
public final class BlockingWork implements Executor, AutoCloseable {

    private final WorkerExecutor threads;
    private final int capacity;
    private final AtomicInteger tasks = new AtomicInteger();

    private BlockingWork(WorkerExecutor threads, int capacity) {
        this.threads = threads;
        this.capacity = capacity;
    }

    /**
     * Threads of their own.
     *
     * @param name what the names of the threads begin with; no other pool of the instance may have it
     * @param maxThreads at least 1
     * @param maxWaiting how many tasks wait for a thread; further ones are rejected
     * @throws IllegalArgumentException if {@code maxThreads} is less than 1, or {@code maxWaiting} negative
     */
    public static BlockingWork create(Vertx vertx, String name, int maxThreads, int maxWaiting) {
        if (maxThreads < 1) {
            throw new IllegalArgumentException("maxThreads: expected at least 1, found " + maxThreads);
        }
        if (maxWaiting < 0) {
            throw new IllegalArgumentException("maxWaiting: expected 0 or more, found " + maxWaiting);
        }
        return new BlockingWork(
                vertx.createSharedWorkerExecutor(name, maxThreads, Long.MAX_VALUE, TimeUnit.NANOSECONDS),
                (int) Math.min(Integer.MAX_VALUE, (long) maxThreads + maxWaiting));
    }

    /**
     * Runs a task once the event loop has done what it is at: a handler may have to clear up what belongs to its
     * context.
     *
     * @throws RejectedExecutionException if too many tasks wait
     */
    @Override
    public void execute(Runnable task) {
        reserve();
        Context context = Vertx.currentContext();
        if (context == null) {
            submit(callable(task));
        } else {
            context.runOnContext(now -> submit(callable(task)));
        }
    }

    /**
     * The result of a call that may block, on the context of the caller.
     *
     * @return fails with {@link RejectedExecutionException} if too many tasks wait
     */
    <T> Future<T> call(Callable<T> call) {
        try {
            reserve();
        } catch (RejectedExecutionException full) {
            return Future.failedFuture(full);
        }
        return submit(call);
    }

    /** Runs what must be done however much there is to do. */
    Future<@Nullable Void> finish(Runnable task) {
        tasks.incrementAndGet();
        return submit(callable(task));
    }

    private void reserve() {
        if (tasks.incrementAndGet() > capacity) {
            tasks.decrementAndGet();
            throw new RejectedExecutionException("Too many tasks wait for a thread");
        }
    }

    private <T extends @Nullable Object> Future<T> submit(Callable<T> call) {
        return threads.executeBlocking(
                () -> {
                    try {
                        return call.call();
                    } finally {
                        tasks.decrementAndGet();
                    }
                },
                false);
    }

    private static Callable<@Nullable Void> callable(Runnable task) {
        return () -> {
            task.run();
            return null;
        };
    }

    /** Begins no further tasks. Those in progress go on. */
    @Override
    public void close() {
        Future<Void> unused = threads.close();
    }
}
