package io.graphqlfiles.internal.maintenance;

import io.graphqlfiles.internal.blob.BlobStores;
import io.graphqlfiles.internal.blob.FileKeys;
import io.graphqlfiles.internal.pair.MigratingBlobStore;
import io.graphqlfiles.internal.pair.MirroredBlobStore;
import io.graphqlfiles.maintenance.MigrateOptions;
import io.graphqlfiles.maintenance.MigrateResult;
import io.graphqlfiles.spi.BlobStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Copies for all stores that are made of two: from the old one to the new one, and to the mirror. */
public final class Migrations {

    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

    /** For copies that were interrupted to come to their end, and leave nothing. */
    private static final int SECONDS_TO_END = 30;

    private final BlobStores stores;
    private final FileKeys keys;

    public Migrations(BlobStores stores, FileKeys keys) {
        this.stores = stores;
        this.keys = keys;
    }

    private record Pair(String name, BlobStore from, BlobStore to) {}

    /** @throws IllegalStateException if no store is made of two */
    MigrateResult run(MigrateOptions options) {
        List<Pair> pairs = pairs();
        if (pairs.isEmpty()) {
            throw new IllegalStateException(
                    "migrate: expected a store with migrateFrom or mirror in the builder, found none");
        }
        Pace pace = new Pace(options.bytesPerSecond(), System::nanoTime);
        SweepTally tally = new SweepTally();
        ThreadPoolExecutor threads = threads(options.threads());
        List<StoreMigration> done = new ArrayList<>();
        boolean isComplete = true;
        try {
            for (Pair pair : pairs) {
                StoreMigration migration =
                        new StoreMigration(pair.name(), pair.from(), pair.to(), options, keys, tally, threads, pace);
                isComplete &= migration.run();
                done.add(migration);
            }
        } finally {
            end(threads);
        }
        return new MigrateResult(
                done.stream().mapToLong(StoreMigration::there).sum(),
                done.stream().mapToLong(StoreMigration::copied).sum(),
                done.stream().mapToLong(StoreMigration::copiedBytes).sum(),
                done.stream().mapToLong(StoreMigration::left).sum(),
                tally.failures(),
                isComplete);
    }

    private List<Pair> pairs() {
        List<Pair> pairs = new ArrayList<>();
        for (String name : stores.names()) {
            if (stores.store(name) instanceof MigratingBlobStore store) {
                pairs.add(new Pair(name, store.from(), store.to()));
            } else if (stores.store(name) instanceof MirroredBlobStore store) {
                pairs.add(new Pair(name, store.store(), store.mirror()));
            }
        }
        return pairs;
    }

    private static ThreadPoolExecutor threads(int count) {
        AtomicInteger number = new AtomicInteger();
        return new ThreadPoolExecutor(count, count, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(null, task, "graphql-files-migrate-" + number.incrementAndGet(), 0, false);
            thread.setDaemon(true);
            return thread;
        });
    }

    private static void end(ThreadPoolExecutor threads) {
        threads.shutdownNow();
        boolean isInterrupted = Thread.interrupted();
        try {
            if (!threads.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS)) {
                LOG.warn("A copy that was interrupted has not ended yet");
            }
        } catch (InterruptedException e) {
            isInterrupted = true;
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
