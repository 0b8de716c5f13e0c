package io.graphqlfiles.storage.azure;

import com.azure.core.http.rest.PagedFlux;
import com.azure.core.http.rest.PagedResponse;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.ListBlobsOptions;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobStore;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists blobs page by page, one container after the other. */
final class BlobListing {

    private final ContainerBlobs blobs;

    BlobListing(ContainerBlobs blobs) {
        this.blobs = blobs;
    }

    /** @param cursor which container, from 0, and where in it: {@code 0}, {@code 1:marker} */
    BlobStore.Page list(String prefix, @Nullable String cursor, int limit) {
        List<Containers.Place> places = blobs.containers().below(prefix);
        int index = cursor == null ? 0 : cursor.charAt(0) - '0';
        String marker = cursor == null || cursor.length() == 1 ? null : cursor.substring(2);
        if (index < 0 || index >= places.size()) {
            throw new IllegalArgumentException("cursor: expected one of this listing, found another");
        }
        Containers.Place place = places.get(index);
        PagedResponse<BlobItem> page = page("list", place, prefix, false, marker, limit);
        List<BlobInfo> found = new ArrayList<>();
        for (BlobItem item : page.getValue()) {
            // Others may share the container.
            String key = blobs.containers().key(place, item.getName());
            if (key != null) {
                found.add(described(key, item));
            }
        }
        String next = page.getContinuationToken();
        if (next != null && !next.isEmpty()) {
            return new BlobStore.Page(found, index + ":" + next);
        }
        return new BlobStore.Page(found, index + 1 < places.size() ? Integer.toString(index + 1) : null);
    }

    /**
     * One page of one container.
     *
     * @param uncommitted whether blobs that have nothing but uncommitted blocks are listed too
     */
    PagedResponse<BlobItem> page(
            String operation,
            Containers.Place place,
            String prefix,
            boolean uncommitted,
            @Nullable String marker,
            int limit) {
        ListBlobsOptions options = new ListBlobsOptions()
                .setPrefix(blobs.containers().name(prefix))
                .setMaxResultsPerPage(limit)
                .setDetails(new BlobListDetails().setRetrieveUncommittedBlobs(uncommitted));
        PagedFlux<BlobItem> pages = place.client().listBlobs(options);
        PagedResponse<BlobItem> page;
        try {
            page = blobs.calls().await((marker == null ? pages.byPage(limit) : pages.byPage(marker, limit)).next());
        } catch (RuntimeException e) {
            throw blobs.failures().of(operation, null, e);
        }
        if (marker != null && marker.equals(page.getContinuationToken())) {
            throw blobs.failures().endless(operation);
        }
        return page;
    }

    private BlobInfo described(String key, BlobItem item) {
        OffsetDateTime created = item.getProperties().getCreationTime() == null
                ? item.getProperties().getLastModified()
                : item.getProperties().getCreationTime();
        return BlobInfo.newBlobInfo(
                        key,
                        blobs.failures()
                                .described(
                                        "list",
                                        key,
                                        "Content-Length",
                                        item.getProperties().getContentLength()),
                        blobs.failures()
                                .described("list", key, "Last-Modified", created)
                                .toInstant())
                .build();
    }
}
