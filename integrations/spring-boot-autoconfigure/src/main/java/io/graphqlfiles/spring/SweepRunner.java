package io.graphqlfiles.spring;

import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.maintenance.SweepOptions;
import io.graphqlfiles.maintenance.SweepResult;
import java.util.function.IntConsumer;
import org.springframework.boot.ApplicationArguments;
import org.springframework.core.Ordered;

/**
 * In place of the application's work: sweeps once, prints what was done, and ends the process. The exit code is 0 if
 * every store was swept, and 1 otherwise. Can be killed at any moment and run again; may run while the application
 * does.
 */
final class SweepRunner implements CommandRunner {

    private final GraphQLFiles files;
    private final SweepOptions options;
    private final Command command;
    private final IntConsumer exit;

    SweepRunner(GraphQLFiles files, SweepOptions options, Command command, IntConsumer exit) {
        this.files = files;
        this.options = options;
        this.command = command;
        this.exit = exit;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        SweepResult result = command.run(() -> files.maintenance().sweep(options));
        String verb = options.isDryRun() ? "would delete" : "deleted";
        command.print("%s %d abandoned uploads and %d unfinished writes"
                .formatted(verb, result.deletedBlobs(), result.removedUnfinishedWrites()));
        SweepResult.Attachments attachments = result.attachments();
        if (attachments != null) {
            command.print("%s %d attached files that no record has; %d announced and %d discarded are left"
                    .formatted(
                            verb,
                            attachments.deleted(),
                            attachments.backlog().announced(),
                            attachments.backlog().discarded()));
        }
        result.failures().forEach((store, failure) -> command.print("could not sweep " + store + ": " + failure));
        exit.accept(result.failures().isEmpty() ? 0 : 1);
    }

    /** Before what the application itself does at its start. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
