package io.graphqlfiles.spring;

import io.graphqlfiles.GraphQLFiles;
import io.graphqlfiles.ReconcileFinding;
import io.graphqlfiles.ReconcileOptions;
import io.graphqlfiles.ReconcileResult;
import io.graphqlfiles.spi.AttachmentSlot;
import java.io.PrintStream;
import java.util.function.IntConsumer;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;

/**
 * Compares attached files with what is in the stores when the application was started for that, prints what does not
 * agree, and ends the application. The status is 0 if all agrees, or has been made to; 1 if something is left to do.
 */
final class ReconcileCommand implements ApplicationRunner {

    private final GraphQLFiles files;
    private final ReconcileOptions options;
    private final PrintStream out;
    private final IntConsumer exit;

    ReconcileCommand(GraphQLFiles files, boolean fixes, PrintStream out, IntConsumer exit) {
        this.files = files;
        this.options =
                ReconcileOptions.newReconcileOptions().deletesOrphans(fixes).build();
        this.out = out;
        this.exit = exit;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        ReconcileResult result = files.reconcile(options, finding -> out.println(line(finding)));
        out.printf(
                "%d blobs, %d attached files: %d orphans, %d of them deleted, %d missing%s%n",
                result.blobs(),
                result.attached(),
                result.orphans(),
                result.deletedOrphans(),
                result.missing(),
                result.isComplete() ? "" : " (interrupted: not all were looked at)");
        out.flush();
        boolean isDone = result.isComplete() && result.missing() == 0 && result.orphans() == result.deletedOrphans();
        exit.accept(isDone ? 0 : 1);
    }

    private static String line(ReconcileFinding finding) {
        AttachmentSlot slot = finding.slot();
        return finding.kind() + " " + finding.blob().store() + " "
                + finding.blob().key()
                + (slot == null ? "" : " of " + slot.ownerType() + "." + slot.field() + " of " + slot.ownerId())
                + (finding.isDeleted() ? " (deleted)" : "");
    }
}
