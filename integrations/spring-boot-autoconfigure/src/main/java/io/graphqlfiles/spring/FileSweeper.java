package io.graphqlfiles.spring;

import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.maintenance.SweepOptions;
import io.graphqlfiles.maintenance.SweepResult;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.TaskScheduler;

/**
 * Deletes direct uploads that nobody claimed and files that no record has, now and then, for as long as the context
 * runs. Several instances of the application may do so at once; where there is a lock, one does. In a thread of the
 * application's scheduler where it has one, and of its own otherwise.
 */
final class FileSweeper implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(FileSweeper.class);

    private final GraphQLFiles files;
    private final Duration interval;
    private final SweepOptions options;
    private final PeriodicTask task;
    private final SweepLock lock;

    /** @param scheduler the application's; null for a thread of its own */
    FileSweeper(
            GraphQLFiles files,
            GraphQLFilesProperties.Sweep properties,
            @Nullable TaskScheduler scheduler,
            SweepLock lock) {
        this.files = files;
        this.interval = properties.requireInterval();
        this.options = properties.options(false);
        this.lock = lock;
        this.task = new PeriodicTask(this::sweep, interval, "graphql-files-sweep", scheduler);
    }

    @Override
    public void start() {
        task.start();
    }

    @Override
    public void stop() {
        task.stop();
    }

    @Override
    public boolean isRunning() {
        return task.isRunning();
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
