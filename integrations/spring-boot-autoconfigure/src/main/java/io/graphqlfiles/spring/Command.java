package io.graphqlfiles.spring;

import io.graphqlfiles.maintenance.MaintenanceProgress;
import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Long work from the command line: shows how far it is, in one line that is written again and again on a terminal and
 * in lines of their own elsewhere; and is interrupted, and waited for, when the process is asked to end.
 */
final class Command implements ApplicationListener<ContextClosedEvent> {

    /** Where lines are kept, few are enough. */
    private static final long INTERVAL = Duration.ofSeconds(10).toNanos();

    /** For what was interrupted to come to its end before the process ends. */
    private static final int SECONDS_TO_END = 20;

    private final PrintStream out;
    private final boolean isTerminal;
    private final LongSupplier nanoTime;
    private final ReentrantLock working = new ReentrantLock();
    private volatile boolean isStopping;
    private volatile Thread worker = Thread.currentThread();
    private volatile boolean isWorking;
    private long due;
    private int lineLength;

    /** @param isTerminal whether somebody looks at it as it is written */
    Command(PrintStream out, boolean isTerminal, LongSupplier nanoTime) {
        this.out = out;
        this.isTerminal = isTerminal;
        this.nanoTime = nanoTime;
        this.due = nanoTime.getAsLong() + INTERVAL;
    }

    /**
     * Whether the standard output is a terminal. Since JDK 22 there is a console where it is none, which can be asked.
     */
    @SuppressWarnings("SystemConsoleNull")
    static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    /** Works in this thread, which is interrupted if the context is closed meanwhile. */
    <T> T run(Supplier<T> work) {
        working.lock();
        try {
            worker = Thread.currentThread();
            isWorking = true;
            return work.get();
        } finally {
            isWorking = false;
            endLine();
            working.unlock();
        }
    }

    Consumer<MaintenanceProgress> progress() {
        return this::show;
    }

    private synchronized void show(MaintenanceProgress progress) {
        String line = progress.toString();
        if (isTerminal) {
            String blanks = " ".repeat(Math.max(0, lineLength - line.length()));
            out.print("\r" + line + blanks);
            out.flush();
            lineLength = line.length();
        } else if (nanoTime.getAsLong() - due >= 0) {
            due = nanoTime.getAsLong() + INTERVAL;
            out.println(line);
            out.flush();
        }
    }

    private synchronized void endLine() {
        if (lineLength > 0) {
            out.println();
            lineLength = 0;
        }
    }

    synchronized void print(String line) {
        endLine();
        out.println(line);
        out.flush();
    }

    /** Before stores and their clients are closed, which the work still needs to end well. */
    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        if (!isWorking || isStopping || Thread.currentThread() == worker) {
            return;
        }
        isStopping = true;
        worker.interrupt();
        try {
            if (working.tryLock(SECONDS_TO_END, TimeUnit.SECONDS)) {
                working.unlock();
                print("Stopped; it goes on with the rest when it is run again.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
