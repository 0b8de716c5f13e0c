package io.graphqlfiles.internal.pair;

import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.BlobStoreException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies new blobs to a mirror, each soon after it was written, in a few threads that start when needed. Bounded: a
 * mirror that is slower than uploads come in is left behind, not waited for. Thread-safe.
 */
final class MirrorWrites implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MirrorWrites.class);

    private static final int THREADS = 4;
    private static final int WAITING = 10_000;
    /** For what was written in the moments before the application ends. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final BlobTransfer transfer;
    private final ThreadPoolExecutor threads;

    MirrorWrites(BlobStore store, BlobStore mirror) {
        // What is read of a blob that was written a moment ago was checked on its way in: no second look.
        this.transfer = new BlobTransfer(store, mirror, UnaryOperator.identity(), false);
        AtomicInteger number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), task -> {
                    Thread thread =
                            new Thread(null, task, "graphql-files-mirror-" + number.incrementAndGet(), 0, false);
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    void add(String key) {
        try {
            threads.execute(() -> copy(key));
        } catch (RejectedExecutionException e) {
            LOG.warn(
                    "Blob {} was not copied to the mirror, as {} others wait or this ends; migrate copies it",
                    key,
                    WAITING);
        }
    }

    private void copy(String key) {
        try {
            transfer.copy(key);
        } catch (IOException | BlobStoreException e) {
            LOG.warn("Blob {} was not copied to the mirror; migrate copies it", key, e);
        }
    }

    @Override
    public void close() {
        threads.shutdown();
        try {
            if (threads.awaitTermination(GRACE.toSeconds(), TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        int left = threads.shutdownNow().size();
        if (left > 0) {
            LOG.warn("{} blobs were not copied to the mirror; migrate copies them", left);
        }
    }
}
