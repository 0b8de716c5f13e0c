package io.graphqlfiles.spring;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
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
        PeriodicTrigger trigger = new PeriodicTrigger(interval);
        trigger.setInitialDelay(interval.compareTo(LONGEST_FIRST_DELAY) < 0 ? interval : LONGEST_FIRST_DELAY);
        ThreadPoolTaskScheduler own = scheduler == null ? ownScheduler() : null;
        ScheduledFuture<?> task = (own == null ? requireNonNull(scheduler) : own).schedule(work, trigger);
        stop = () -> {
            if (task != null) {
                task.cancel(true);
            }
            if (own != null) {
                own.shutdown();
            }
        };
    }

    private ThreadPoolTaskScheduler ownScheduler() {
        ThreadPoolTaskScheduler own = new ThreadPoolTaskScheduler();
        own.setThreadNamePrefix(threadName + "-");
        own.setDaemon(true);
        own.initialize();
        return own;
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
