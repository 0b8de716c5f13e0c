package io.graphqlfiles.benchmarks.load;

import java.nio.file.Path;

/** Watches a directory for temporary files. */
final class TemporaryFiles implements AutoCloseable {

    private static final long EVERY_MILLIS = 20;

    private final Path directory;
    private final long before;
    private final Thread watcher;
    private volatile long peak;

    TemporaryFiles(Path directory) {
        this.directory = directory;
        this.before = Directories.size(directory);
        this.watcher = new Thread(this::watch, "temporary-files");
        watcher.setDaemon(true);
        watcher.start();
    }

    /** The most bytes at one moment, beyond what was there at the beginning. */
    long peak() {
        return peak;
    }

    private void watch() {
        try {
            while (true) {
                peak = Math.max(peak, Directories.size(directory) - before);
                Thread.sleep(EVERY_MILLIS);
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    @Override
    public void close() {
        watcher.interrupt();
        try {
            watcher.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
