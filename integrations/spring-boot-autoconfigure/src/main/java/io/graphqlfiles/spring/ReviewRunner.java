package io.graphqlfiles.spring;

import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.maintenance.FileMaintenance;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.TaskScheduler;

/**
 * Gives files that wait for a decision to the application's reviewer, for as long as the context runs. Instances share
 * the files among themselves, so no lock is needed.
 */
final class ReviewRunner implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ReviewRunner.class);

    private final GraphQLFiles files;
    private final PeriodicTask task;

    /** @param scheduler the application's; null for a thread of its own */
    ReviewRunner(GraphQLFiles files, GraphQLFilesProperties.Review properties, @Nullable TaskScheduler scheduler) {
        this.files = files;
        this.task = new PeriodicTask(this::review, properties.requireInterval(), "graphql-files-review", scheduler);
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

    private void review() {
        try {
            FileMaintenance.Reviewed reviewed = files.maintenance().review();
            if (reviewed.released() + reviewed.rejected() + reviewed.waiting() > 0) {
                log.info(
                        "Released {} files and rejected {}; {} wait on",
                        reviewed.released(),
                        reviewed.rejected(),
                        reviewed.waiting());
            }
        } catch (RuntimeException e) {
            log.warn("Files could not be reviewed; they wait", e);
        }
    }
}
