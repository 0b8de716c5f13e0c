package io.graphqlfiles.internal.maintenance;

import io.graphqlfiles.maintenance.MaintenanceProgress;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Counts what a task has done, and says so now and then. Thread-safe. */
final class ProgressMeter {

    private static final long INTERVAL = Duration.ofMillis(200).toNanos();

    private final String task;
    private final @Nullable Long total;
    private final @Nullable Long totalBytes;
    private final @Nullable Consumer<MaintenanceProgress> listener;
    private final LongSupplier nanoTime;
    private final long begun;
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong due;
    private final ReentrantLock telling = new ReentrantLock();

    /** Of a task that copies nothing. */
    ProgressMeter(String task, @Nullable Long total, @Nullable Consumer<MaintenanceProgress> listener) {
        this(task, total, null, listener, System::nanoTime);
    }

    /** @param listener null for nobody */
    ProgressMeter(
            String task,
            @Nullable Long total,
            @Nullable Long totalBytes,
            @Nullable Consumer<MaintenanceProgress> listener,
            LongSupplier nanoTime) {
        this.task = task;
        this.total = total;
        this.totalBytes = totalBytes;
        this.listener = listener;
        this.nanoTime = nanoTime;
        this.begun = nanoTime.getAsLong();
        this.due = new AtomicLong(begun);
    }

    /** Adds what is finished. */
    void done(long more) {
        done.addAndGet(more);
        tell();
    }

    /** The stream; what is read of it is counted. */
    InputStream counted(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                int read = super.read();
                count(read < 0 ? 0 : 1);
                return read;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int read = super.read(buffer, offset, length);
                count(Math.max(0, read));
                return read;
            }

            private void count(int more) {
                bytes.addAndGet(more);
                tell();
            }
        };
    }

    /** Says how it stands at the end, whenever it was said last. */
    void end() {
        if (listener == null) {
            return;
        }
        telling.lock();
        try {
            listener.accept(now());
        } finally {
            telling.unlock();
        }
    }

    private void tell() {
        if (listener == null || nanoTime.getAsLong() - due.get() < 0 || !telling.tryLock()) {
            return;
        }
        try {
            due.set(nanoTime.getAsLong() + INTERVAL);
            listener.accept(now());
        } finally {
            telling.unlock();
        }
    }

    private MaintenanceProgress now() {
        return new MaintenanceProgress(
                task, done.get(), total, bytes.get(), totalBytes, Duration.ofNanos(nanoTime.getAsLong() - begun));
    }
}
