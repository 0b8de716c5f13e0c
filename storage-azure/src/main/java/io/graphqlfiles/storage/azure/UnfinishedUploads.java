package io.graphqlfiles.storage.azure;

import com.azure.core.http.rest.PagedResponse;
import com.azure.storage.blob.models.BlobItem;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.ListingProgress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Finds blobs that have nothing but uncommitted blocks, and throws these away. */
final class UnfinishedUploads {

    private static final String OPERATION = "removeUnfinishedWrites";
    private static final int PAGE = 1000;

    private final ContainerBlobs blobs;
    private final BlobListing listing;
    private final BlockUploads uploads;

    UnfinishedUploads(ContainerBlobs blobs, BlobListing listing, BlockUploads uploads) {
        this.blobs = blobs;
        this.listing = listing;
        this.uploads = uploads;
    }

    /** @param before exclusive */
    int remove(Instant before) {
        int removed = 0;
        BlobStoreException failure = null;
        for (Containers.Place place : blobs.containers().below("")) {
            ListingProgress progress = new ListingProgress();
            String marker = null;
            do {
                PagedResponse<BlobItem> page = listing.page(OPERATION, place, "", true, marker, PAGE);
                for (BlobItem item : page.getValue()) {
                    String key = candidate(place, item);
                    if (key == null) {
                        continue;
                    }
                    try {
                        removed += remove(key, before) ? 1 : 0;
                    } catch (BlobStoreException e) {
                        failure = Failures.first(failure, e);
                    }
                }
                marker = page.getContinuationToken();
                if (marker != null && !marker.isEmpty() && !progress.advancesTo(marker)) {
                    throw blobs.failures().endless(OPERATION);
                }
            } while (marker != null && !marker.isEmpty());
        }
        if (failure != null) {
            throw failure;
        }
        return removed;
    }

    /** The listing says no more of these than that they have no length, as empty blobs have none. */
    private @Nullable String candidate(Containers.Place place, BlobItem item) {
        Long size = item.getProperties().getContentLength();
        return size == null || size == 0 ? blobs.containers().key(place, item.getName()) : null;
    }

    private boolean remove(String key, Instant before) {
        Instant since = uploads.unfinishedSince(OPERATION, key);
        if (since == null || !since.isBefore(before)) {
            return false;
        }
        try {
            return blobs.discardBlocks(blobs.calls(), key);
        } catch (RuntimeException e) {
            throw blobs.failures().of(OPERATION, key, e);
        }
    }
}
