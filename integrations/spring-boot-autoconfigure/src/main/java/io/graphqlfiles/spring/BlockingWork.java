package io.graphqlfiles.spring;

import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The threads in which stores, and clients that are slow to send, may block on a server that has only a few of its own.
 * All wait in one queue, unlike on Reactor's elastic scheduler, where a task can be stuck behind one slow upload while
 * other threads are free.
 */
final class BlockingWork implements Executor, AutoCloseable {

    private final ThreadPoolExecutor threads;
    private final Scheduler scheduler;

    /**
     * @param name what the names of its threads begin with
     * @param maxWaiting how many tasks wait for a thread; further ones are rejected
     */
    BlockingWork(String name, int maxThreads, int maxWaiting) {
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                maxThreads, maxThreads, 60, TimeUnit.SECONDS, new LinkedBlockingQueue<>(maxWaiting), task -> {
                    Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        scheduler = Schedulers.fromExecutor(threads);
    }

    /** @throws RejectedExecutionException if too many wait */
    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }

    /** Runs what must be done however much there is to do. */
    void finish(Runnable task) {
        try {
            threads.execute(task);
        } catch (RejectedExecutionException full) {
            Schedulers.boundedElastic().schedule(task);
        }
    }

    /** The result of a call that may block. One that has begun is not interrupted. */
    <T> Mono<T> call(Callable<T> call) {
        return Mono.fromCallable(call).subscribeOn(scheduler);
    }

    /** Completes when {@link #finish} has run it. */
    Mono<Void> run(Runnable task) {
        return Mono.create(done -> finish(() -> {
            try {
                task.run();
                done.success();
            } catch (RuntimeException e) {
                done.error(e);
            }
        }));
    }

    /** For streams whose next element may block. */
    Scheduler scheduler() {
        return scheduler;
    }

    @Override
    public void close() {
        scheduler.dispose();
        threads.shutdown();
    }
}
