package io.graphqlfiles;

import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobPage;
import io.graphqlfiles.spi.BlobStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Deletes direct uploads that nobody can claim any more, and what unfinished writes have left. Any number of nodes may
 * sweep the same stores at once: a blob that another has deleted is no failure.
 */
final class StagedSweeper {

    /** For clocks that differ, and for claims that are under way. */
    private static final Duration GRACE = Duration.ofHours(1);

    private static final int PAGE = 1000;

    private final Map<String, BlobStore> stores;
    private final Clock clock;
    private final UploadLife life;

    StagedSweeper(Map<String, BlobStore> stores, Clock clock, UploadLife life) {
        this.stores = new LinkedHashMap<>(stores);
        this.clock = clock;
        this.life = life;
    }

    /** Sweeps every store; one that fails does not keep the others from being swept. Blocks. */
    SweepResult sweep() {
        // A blob is as old as its upload at the most, so that its last token has expired before. No other write lives
        // that long.
        Instant before = clock.instant().minus(life.longest()).minus(GRACE);
        Tally tally = new Tally();
        stores.forEach((name, store) -> {
            tally.attempt(name, () -> deleteAbandoned(name, store, before, tally));
            tally.attempt(name, () -> tally.removed += store.removeUnfinishedWrites(before));
        });
        return new SweepResult(tally.deleted, tally.removed, tally.failures);
    }

    private void deleteAbandoned(String name, BlobStore store, Instant before, Tally tally) {
        @Nullable String cursor = null;
        do {
            BlobPage page = store.list(FileKeys.STAGED, cursor, PAGE);
            List<String> abandoned = page.blobs().stream()
                    .filter(blob -> blob.createdAt().isBefore(before))
                    .map(BlobInfo::key)
                    .toList();
            if (!abandoned.isEmpty()) {
                tally.attempt(name, () -> {
                    store.delete(abandoned);
                    tally.deleted += abandoned.size();
                });
            }
            cursor = page.nextCursor();
        } while (cursor != null);
    }

    private static final class Tally {

        private final Map<String, RuntimeException> failures = new LinkedHashMap<>();
        private long deleted;
        private long removed;

        void attempt(String store, Runnable work) {
            try {
                work.run();
            } catch (RuntimeException e) {
                RuntimeException first = failures.putIfAbsent(store, e);
                if (first != null && first != e) {
                    first.addSuppressed(e);
                }
            }
        }
    }
}
