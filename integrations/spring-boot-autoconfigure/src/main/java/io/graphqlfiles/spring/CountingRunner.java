package io.graphqlfiles.spring;

import io.graphqlfiles.maintenance.SweepOptions;
import java.util.function.IntConsumer;
import java.util.function.ToLongFunction;
import org.springframework.boot.ApplicationArguments;
import org.springframework.core.Ordered;

/**
 * In place of the application's work: goes through all attached files, shows how far it is, prints how many there were
 * and ends the process. The exit code is 0 if it came to the end, and 1 otherwise. Can be killed at any moment and run
 * again; may run while the application does.
 */
final class CountingRunner implements CommandRunner {

    private final String counted;
    private final ToLongFunction<SweepOptions> work;
    private final Command command;
    private final IntConsumer exit;

    /** @param counted what comes after the number, for example {@code files were moved} */
    CountingRunner(String counted, ToLongFunction<SweepOptions> work, Command command, IntConsumer exit) {
        this.counted = counted;
        this.work = work;
        this.command = command;
        this.exit = exit;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        SweepOptions options =
                SweepOptions.newSweepOptions().progress(command.progress()).build();
        long count = command.run(() -> work.applyAsLong(options));
        boolean isComplete = !Thread.currentThread().isInterrupted();
        command.print(count + " " + counted + (isComplete ? "" : " (ended early: run it again)"));
        exit.accept(isComplete ? 0 : 1);
    }

    /** Before what the application itself does at its start. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
