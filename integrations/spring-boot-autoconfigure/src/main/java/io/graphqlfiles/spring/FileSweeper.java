package io.graphqlfiles.spring;

import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.maintenance.SweepOptions;
import io.graphqlfiles.maintenance.SweepResult;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Deletes direct uploads that nobody claimed and files that no record has, now and then, for as long as the context
 * runs. Several instances of the application may do so at once. Has its own thread, because a sweep can take long and
 * must not hold up the application's scheduled tasks.
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
    private @Nullable ScheduledExecutorService executor;

    FileSweeper(GraphQLFiles files, GraphQLFilesProperties.Sweep properties) {
        Duration interval = properties.interval();
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException(
                    "graphql.files.sweep.interval: expected a positive duration, found " + interval);
        }
        this.files = files;
        this.interval = interval;
        this.options = SweepOptions.newSweepOptions()
                .batchSize(properties.batchSize())
                .pause(properties.pause())
                .build();
    }

    @Override
    public synchronized void start() {
        if (executor != null) {
            return;
        }
        executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "graphql-files-sweep");
            thread.setDaemon(true);
            return thread;
        });
        Duration first = interval.compareTo(LONGEST_FIRST_DELAY) < 0 ? interval : LONGEST_FIRST_DELAY;
        // The task reports its failures itself.
        ScheduledFuture<?> unused = executor.scheduleWithFixedDelay(
                this::sweep, first.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void stop() {
        if (executor != null) {
            executor.shutdownNow();
            executor = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return executor != null;
    }

    private void sweep() {
        try {
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
        } catch (RuntimeException e) {
            // An exception that leaves a scheduled task ends it for good; the next sweep may succeed.
            warn("(all)", e);
        }
    }

    private void warn(String store, RuntimeException failure) {
        log.warn("Could not sweep {}; trying again in {}", store, interval, failure);
    }
}
