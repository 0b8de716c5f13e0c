package io.graphqlfiles.quarkus;

import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.maintenance.SweepResult;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes direct uploads that nobody claimed and files that no record has, now and then, in a thread of its own.
 * Several instances of the application may do so at once.
 */
@Singleton
class Sweeper {

    private static final Logger log = LoggerFactory.getLogger(Sweeper.class);

    /** Soon after the start, or an application that is restarted often would never sweep. */
    private static final Duration LONGEST_FIRST_DELAY = Duration.ofMinutes(1);

    private final GraphQLFiles files;
    private final FilesConfig.Sweep config;
    private @Nullable ScheduledExecutorService thread;

    Sweeper(GraphQLFiles files, FilesConfig config) {
        this.files = files;
        this.config = config.sweep();
    }

    void start(@Observes StartupEvent start) {
        if (!config.enabled()) {
            return;
        }
        long interval = config.interval().toMillis();
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread sweep = new Thread(task, "graphql-files-sweep");
            sweep.setDaemon(true);
            return sweep;
        });
        ScheduledFuture<?> unused = thread.scheduleWithFixedDelay(
                this::sweep, Math.min(interval, LONGEST_FIRST_DELAY.toMillis()), interval, TimeUnit.MILLISECONDS);
    }

    /** A sweep that is interrupted leaves the rest to the next one. */
    void stop(@Observes ShutdownEvent stop) {
        if (thread != null) {
            thread.shutdownNow();
        }
    }

    private void sweep() {
        try {
            SweepResult result = files.maintenance().sweep();
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
            result.failures().forEach(this::warn);
        } catch (RuntimeException e) {
            // The next one may succeed.
            warn("(all)", e);
        }
    }

    private void warn(String store, RuntimeException failure) {
        log.warn("Could not sweep {}; trying again in {}", store, config.interval(), failure);
    }
}
