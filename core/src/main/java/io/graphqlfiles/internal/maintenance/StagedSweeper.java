package io.graphqlfiles.internal.maintenance;

import io.graphqlfiles.internal.blob.BlobPages;
import io.graphqlfiles.internal.blob.FileKeys;
import io.graphqlfiles.internal.directupload.UploadLifetime;
import io.graphqlfiles.maintenance.SweepOptions;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Deletes direct uploads that nobody can claim any more, and what unfinished writes have left. Any number of nodes may
 * sweep the same stores at once: a blob that another has deleted is no failure.
 */
public final class StagedSweeper {

    /** For clocks that differ, and for claims that are in progress. */
    private static final Duration GRACE = Duration.ofHours(1);

    private final Map<String, BlobStore> stores;
    private final Clock clock;
    private final UploadLifetime lifetime;

    public StagedSweeper(Map<String, BlobStore> stores, Clock clock, UploadLifetime lifetime) {
        this.stores = new LinkedHashMap<>(stores);
        this.clock = clock;
        this.lifetime = lifetime;
    }

    /** What was done. */
    record Swept(long deleted, long removed) {}

    /** Sweeps every store; one that fails does not keep the others from being swept. Blocks. */
    Swept sweep(SweepOptions options, SweepTally tally) {
        // A blob is as old as its upload at most, so that its last token has expired before. No other write lives
        // that long.
        Instant before = clock.instant().minus(lifetime.longest()).minus(GRACE);
        AtomicLong deleted = new AtomicLong();
        AtomicLong removed = new AtomicLong();
        ProgressMeter meter = new ProgressMeter("sweep uploads", null, options.progress());
        stores.forEach((name, store) -> {
            tally.attempt(name, () -> {
                deleteAbandoned(name, store, before, options, tally, deleted, meter);
                return null;
            });
            if (!options.isDryRun()) {
                tally.attempt(name, () -> removed.addAndGet(store.removeUnfinishedWrites(before)));
            }
        });
        return new Swept(deleted.get(), removed.get());
    }

    private void deleteAbandoned(
            String name,
            BlobStore store,
            Instant before,
            SweepOptions options,
            SweepTally tally,
            AtomicLong deleted,
            ProgressMeter meter) {
        BlobPages pages = new BlobPages(store, FileKeys.STAGED, options.batchSize());
        do {
            List<BlobInfo> page = pages.next().blobs();
            List<String> abandoned = page.stream()
                    .filter(blob -> blob.createdAt().isBefore(before))
                    .map(BlobInfo::key)
                    .toList();
            if (!abandoned.isEmpty()) {
                tally.attempt(name, () -> {
                    if (!options.isDryRun()) {
                        store.delete(abandoned);
                    }
                    return deleted.addAndGet(abandoned.size());
                });
            }
            meter.done(page.size());
        } while (pages.hasNext() && SweepTally.rest(options.pause()));
    }
}
