package io.graphqlfiles.spring;

import static java.util.Objects.requireNonNull;

import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.maintenance.SweepOptions;
import io.graphqlfiles.maintenance.SweepResult;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.scheduling.support.PeriodicTrigger;

/**
 * Deletes direct uploads that nobody claimed and files that no record has, now and then, for as long as the context
 * runs. Several instances of the application may do so at once; where there is a lock, one does. In a thread of the
 * application's scheduler where it has one, and of its own otherwise.
 */
final class FileSweeper implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(FileSweeper.class);

    /**
     * Soon after the start, or an application that is restarted often would never sweep; not while it is still warming
     * up.
     */
    private static final Duration LONGEST_FIRST_DELAY = Duration.ofMinutes(1);

    private final GraphQLFiles files;
    private final Duration interval;
    private final SweepOptions options;
    private final @Nullable TaskScheduler scheduler;
    private final SweepLock lock;
    private @Nullable Runnable stop;

    /** @param scheduler the application's; null for a thread of its own */
    FileSweeper(
            GraphQLFiles files,
            GraphQLFilesProperties.Sweep properties,
            @Nullable TaskScheduler scheduler,
            SweepLock lock) {
        this.files = files;
        this.interval = properties.requireInterval();
        this.options = properties.options(false);
        this.scheduler = scheduler;
        this.lock = lock;
    }

    @Override
    public synchronized void start() {
        if (stop != null) {
            return;
        }
        PeriodicTrigger trigger = new PeriodicTrigger(interval);
        trigger.setInitialDelay(interval.compareTo(LONGEST_FIRST_DELAY) < 0 ? interval : LONGEST_FIRST_DELAY);
        ThreadPoolTaskScheduler own = scheduler == null ? ownScheduler() : null;
        ScheduledFuture<?> task = (own == null ? requireNonNull(scheduler) : own).schedule(this::sweep, trigger);
        stop = () -> {
            // A sweep that is interrupted leaves the rest to the next one.
            if (task != null) {
                task.cancel(true);
            }
            if (own != null) {
                own.shutdown();
            }
        };
    }

    private static ThreadPoolTaskScheduler ownScheduler() {
        ThreadPoolTaskScheduler own = new ThreadPoolTaskScheduler();
        own.setThreadNamePrefix("graphql-files-sweep-");
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

    private void sweep() {
        try {
            lock.run(this::sweepNow);
        } catch (RuntimeException e) {
            // The next one may succeed.
            warn("(all)", e);
        }
    }

    private void sweepNow() {
        SweepResult result = files.maintenance().sweep(options);
        if (result.deletedBlobs() + result.removedUnfinishedWrites() > 0) {
            log.info(
                    "Deleted {} abandoned uploads and {} unfinished writes",
                    result.deletedBlobs(),
                    result.removedUnfinishedWrites());
        }
        SweepResult.Attachments attachments = result.attachments();
        if (attachments != null && attachments.deleted() > 0) {
            log.info(
                    "Deleted {} attached files that no record has any more; {}",
                    attachments.deleted(),
                    attachments.backlog());
        }
        result.failures().forEach((store, failure) -> warn(store, failure));
    }

    private void warn(String store, RuntimeException failure) {
        log.warn("Could not sweep {}; trying again in {}", store, interval, failure);
    }
}
