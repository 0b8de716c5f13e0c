package io.graphqlfiles.spring;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.support.PeriodicTrigger;

/**
 * Work that is done again and again, for as long as the context runs: in a thread of the application's scheduler where
 * it has one, and of its own otherwise. Work that is interrupted leaves the rest to the next time.
 */
final class PeriodicTask implements SmartLifecycle {

    /**
     * Soon after the start, or an application that is restarted often would never come to it; not while it is still
     * warming up.
     */
    private static final Duration LONGEST_FIRST_DELAY = Duration.ofMinutes(1);

    private final Runnable work;
    private final Duration interval;
    private final String threadName;
    private final @Nullable TaskScheduler scheduler;
    private @Nullable Runnable stop;

    /**
     * A task that has not begun.
     *
     * @param work throws nothing
     * @param interval from the end of one time to the next
     * @param scheduler the application's; null for a thread of its own
     */
    PeriodicTask(Runnable work, Duration interval, String threadName, @Nullable TaskScheduler scheduler) {
        this.work = work;
        this.interval = interval;
        this.threadName = threadName;
        this.scheduler = scheduler;
    }

    @Override
    public synchronized void start() {
        if (stop != null) {
            return;
        }
        Duration delay = interval.compareTo(LONGEST_FIRST_DELAY) < 0 ? interval : LONGEST_FIRST_DELAY;
        stop = scheduler == null ? startAlone(delay) : start(scheduler, delay);
    }

    private Runnable start(TaskScheduler scheduler, Duration delay) {
        PeriodicTrigger trigger = new PeriodicTrigger(interval);
        trigger.setInitialDelay(delay);
        ScheduledFuture<?> task = scheduler.schedule(work, trigger);
        return () -> {
            if (task != null) {
                task.cancel(true);
            }
        };
    }

    /**
     * By the platform: a scheduler of Spring has a dozen classes, which the start of the application would wait for.
     */
    private Runnable startAlone(Duration delay) {
        ScheduledThreadPoolExecutor own = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, threadName + "-1");
            thread.setDaemon(true);
            return thread;
        });
        ScheduledFuture<?> task =
                own.scheduleWithFixedDelay(work, delay.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
        return () -> {
            task.cancel(true);
            own.shutdownNow();
        };
    }

    @Override
    public synchronized void stop() {
        if (stop != null) {
            stop.run();
            stop = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return stop != null;
    }
}
