package io.graphqlfiles;

import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobPage;
import io.graphqlfiles.spi.BlobStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Deletes direct uploads that nobody can claim any more, and what writes that never finished have left. */
final class StagingSweep {

    private static final int PAGE = 1000;
    /** A store's clock may be off. */
    private static final Duration MARGIN = Duration.ofHours(1);
    /** A request that began in time may go on for long over a slow line. */
    private static final Duration LONGEST_WRITE = Duration.ofDays(1);

    private final BlobStores stores;
    private final Clock clock;
    private final Duration uploadValidity;

    StagingSweep(BlobStores stores, Clock clock, Duration uploadValidity) {
        this.stores = stores;
        this.clock = clock;
        this.uploadValidity = uploadValidity;
    }

    /** Returns how many blobs and leftovers were deleted. */
    int run() {
        Instant unclaimable = clock.instant().minus(uploadValidity).minus(MARGIN);
        int deleted = 0;
        for (BlobStore store : stores.byName().values()) {
            deleted += deleteStaged(store, unclaimable);
            deleted += store.removeUnfinishedWrites(unclaimable.minus(LONGEST_WRITE));
        }
        return deleted;
    }

    private static int deleteStaged(BlobStore store, Instant before) {
        int deleted = 0;
        String cursor = null;
        do {
            BlobPage page = store.list(FileKeys.STAGED, cursor, PAGE);
            List<String> keys = page.blobs().stream()
                    .filter(blob -> blob.createdAt().isBefore(before))
                    .map(BlobInfo::key)
                    .toList();
            if (!keys.isEmpty()) {
                store.delete(keys);
                deleted += keys.size();
            }
            cursor = page.nextCursor();
        } while (cursor != null);
        return deleted;
    }
}
