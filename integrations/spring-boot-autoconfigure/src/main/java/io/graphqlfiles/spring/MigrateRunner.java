package io.graphqlfiles.spring;

import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.maintenance.MigrateOptions;
import io.graphqlfiles.maintenance.MigrateResult;
import java.util.function.IntConsumer;
import org.springframework.boot.ApplicationArguments;
import org.springframework.core.Ordered;

/**
 * In place of the application's work: copies files to the stores that they move to, and to mirrors what these lack, and
 * ends the process. The exit code is 0 if nothing is left to be copied, and 1 otherwise. Can be killed at any moment
 * and run again; may run while the application does.
 */
final class MigrateRunner implements CommandRunner {

    private final GraphQLFiles files;
    private final MigrateOptions.Builder options;
    private final boolean isDryRun;
    private final Command command;
    private final IntConsumer exit;

    MigrateRunner(
            GraphQLFiles files, MigrateOptions.Builder options, boolean isDryRun, Command command, IntConsumer exit) {
        this.files = files;
        this.options = options;
        this.isDryRun = isDryRun;
        this.command = command;
        this.exit = exit;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        MigrateOptions all =
                options.dryRun(isDryRun).progress(command.progress()).build();
        MigrateResult result = command.run(() -> files.maintenance().migrate(all));
        result.failures().forEach((store, failure) -> command.print("store " + store + ": " + failure));
        command.print((isDryRun ? "would copy " : "copied ") + result.copied() + " files of " + result.copiedBytes()
                + " bytes; " + result.there() + " were there; " + result.left() + " are left"
                + (result.isComplete() ? "" : " (ended early: run it again)"));
        if (result.isDone() && result.copied() == 0 && result.there() == 0) {
            command.print(
                    "There is not one file in the old store. Look whether it is the right one before you take it out"
                            + " of the settings.");
        } else if (result.isDone()) {
            command.print("Nothing is left to be copied. The old store can be taken out of the settings when no node of"
                    + " the application stores files there any more and what was uploaded there has been claimed, a"
                    + " day later.");
        }
        exit.accept(result.isDone() || (isDryRun && result.failures().isEmpty()) ? 0 : 1);
    }

    /** Before what the application itself does at its start. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
