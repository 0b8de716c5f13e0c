package io.graphqlfiles.spring;

import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.maintenance.ReconcileOptions;
import io.graphqlfiles.maintenance.ReconcileResult;
import io.graphqlfiles.spi.attachment.AttachmentSlot;
import java.util.function.IntConsumer;
import org.springframework.boot.ApplicationArguments;
import org.springframework.core.Ordered;

/**
 * In place of the application's work: compares attached files with what is in the stores, prints what does not agree,
 * and ends the process. The exit code is 0 if all agrees, or has been made to; 1 if something is left to do.
 */
final class ReconcileRunner implements CommandRunner {

    private final GraphQLFiles files;
    private final ReconcileOptions options;
    private final Command command;
    private final IntConsumer exit;

    ReconcileRunner(GraphQLFiles files, boolean fixes, Command command, IntConsumer exit) {
        this.files = files;
        this.options = ReconcileOptions.newReconcileOptions()
                .deletesOrphans(fixes)
                .progress(command.progress())
                .build();
        this.command = command;
        this.exit = exit;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        ReconcileResult result =
                command.run(() -> files.maintenance().reconcile(options, finding -> command.print(line(finding))));
        command.print("%d blobs, %d attached files: %d orphans, %d of them deleted, %d missing%s%s"
                .formatted(
                        result.blobs(),
                        result.attached(),
                        result.orphans(),
                        result.deletedOrphans(),
                        result.missing(),
                        result.unknown() == 0
                                ? ""
                                : ", " + result.unknown() + " of fields that the schema does not have",
                        result.isComplete() ? "" : " (interrupted: not all were looked at)"));
        boolean isDone = result.isComplete()
                && result.missing() == 0
                && result.unknown() == 0
                && result.orphans() == result.deletedOrphans();
        exit.accept(isDone ? 0 : 1);
    }

    /** Before what the application itself does at its start. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    private static String line(ReconcileResult.Finding finding) {
        AttachmentSlot slot = finding.slot();
        return finding.kind() + " " + finding.blob().store() + " "
                + finding.blob().key()
                + (slot == null ? "" : " of " + slot.ownerType() + "." + slot.field() + " of " + slot.ownerId())
                + (finding.isDeleted() ? " (deleted)" : "");
    }
}
