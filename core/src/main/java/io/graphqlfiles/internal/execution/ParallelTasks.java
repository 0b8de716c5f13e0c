package io.graphqlfiles.internal.execution;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Does the tasks of one call, several at once, in this thread and in others that are free. The outcome is that of doing
 * them one after the other: the first failure, by the order of the tasks, counts, and what comes after it is abandoned.
 *
 * @param <T> what a task results in
 */
public final class ParallelTasks<T> {

    /**
     * How a task has ended: with a result or a failure; with neither if it was not begun.
     *
     * @param <T> what it results in
     */
    public record Outcome<T>(@Nullable T result, @Nullable Throwable failure) {}

    private final List<Supplier<T>> tasks;
    private final List<@Nullable Outcome<T>> outcomes;
    private final @Nullable Thread[] helpers;
    private final Semaphore ended = new Semaphore(0);
    private int started;
    private int next;
    private int failed = Integer.MAX_VALUE;

    private ParallelTasks(List<Supplier<T>> tasks, int inOrder) {
        this.tasks = List.copyOf(tasks);
        this.outcomes = new ArrayList<>(Collections.nCopies(tasks.size(), null));
        this.helpers = new Thread[tasks.size()];
        this.next = inOrder;
    }

    /**
     * Does all tasks, and returns when none is in progress any more. If this thread is interrupted, so are those that
     * help it.
     *
     * @param inOrder how many of the tasks, from the first, must be done one after the other in this thread
     * @return in the order of the tasks
     */
    public static <T> List<Outcome<T>> run(FileThreads threads, List<Supplier<T>> tasks, int inOrder) {
        return new ParallelTasks<>(tasks, inOrder).run(threads, inOrder);
    }

    private List<Outcome<T>> run(FileThreads threads, int inOrder) {
        try {
            start(threads, inOrder);
            for (int task = 0; task < inOrder && begin(task, null); task++) {
                end(task, outcome(task));
            }
            work(false);
        } finally {
            await();
        }
        List<Outcome<T>> all = new ArrayList<>();
        for (Outcome<T> outcome : outcomes) {
            all.add(outcome == null ? new Outcome<>(null, null) : outcome);
        }
        return all;
    }

    private void start(FileThreads threads, int inOrder) {
        int others = tasks.size() - inOrder;
        // This thread does one as well.
        int wanted = Math.min(threads.filesAtOnce() - 1, inOrder == 0 ? others - 1 : others);
        try {
            while (started < wanted) {
                threads.start(() -> work(true), ended::release);
                started++;
            }
        } catch (RejectedExecutionException e) {
            // All are busy, or the application is about to end: the work is done with those there are.
        }
    }

    private void work(boolean helps) {
        for (int task = take(helps); task >= 0; task = take(helps)) {
            end(task, outcome(task));
        }
    }

    private Outcome<T> outcome(int task) {
        try {
            return new Outcome<>(tasks.get(task).get(), null);
        } catch (RuntimeException | Error e) {
            return new Outcome<>(null, e);
        }
    }

    /** The next task; negative if there is none to be done. */
    private synchronized int take(boolean helps) {
        int task = next;
        if (task >= tasks.size() || !begin(task, helps ? Thread.currentThread() : null)) {
            return -1;
        }
        next++;
        return task;
    }

    private synchronized boolean begin(int task, @Nullable Thread helper) {
        if (task > failed) {
            return false;
        }
        helpers[task] = helper;
        return true;
    }

    private synchronized void end(int task, Outcome<T> outcome) {
        outcomes.set(task, outcome);
        if (helpers[task] != null) {
            helpers[task] = null;
            // Perhaps it came too late to end the task: it must not end the next.
            boolean unused = Thread.interrupted();
        }
        if (outcome.failure() != null && task < failed) {
            failed = task;
            abandonAfter(task);
        }
    }

    private synchronized void abandonAfter(int task) {
        for (int later = task + 1; later < helpers.length; later++) {
            Thread helper = helpers[later];
            if (helper != null) {
                helper.interrupt();
            }
        }
    }

    private void await() {
        boolean interrupted = false;
        for (int count = 0; count < started; ) {
            try {
                ended.acquire();
                count++;
            } catch (InterruptedException e) {
                interrupted = true;
                abandonAll();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void abandonAll() {
        failed = -1;
        abandonAfter(-1);
    }
}
