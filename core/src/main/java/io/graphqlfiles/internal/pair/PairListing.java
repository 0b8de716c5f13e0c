package io.graphqlfiles.internal.pair;

import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobKeys;
import io.graphqlfiles.spi.BlobStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lists the blobs of two stores, each once, while blobs are copied from the first to the second: first all of the first
 * one, then those of the second that the first does not have. A blob that is copied meanwhile is in the first, and
 * listed with it. The other way round would take no question for each blob, and miss what is copied between the two.
 */
final class PairListing {

    private static final String FIRST = "1:";
    private static final String SECOND = "2:";

    private PairListing() {}

    static BlobStore.Page list(BlobStore first, BlobStore second, String prefix, @Nullable String cursor, int limit) {
        BlobKeys.requireValidPrefix(prefix);
        if (cursor != null && cursor.startsWith(SECOND)) {
            return ofSecond(first, second, prefix, cursor.substring(SECOND.length()), limit);
        }
        BlobStore.Page page = first.list(prefix, cursor == null ? null : cursor.substring(FIRST.length()), limit);
        String next = page.nextCursor();
        return new BlobStore.Page(page.blobs(), next == null ? SECOND : FIRST + next);
    }

    /** @param cursor empty for the first page */
    private static BlobStore.Page ofSecond(BlobStore first, BlobStore second, String prefix, String cursor, int limit) {
        BlobStore.Page page = second.list(prefix, cursor.isEmpty() ? null : cursor, limit);
        List<BlobInfo> others = page.blobs().stream()
                .filter(blob -> first.stat(blob.key()) == null)
                .toList();
        String next = page.nextCursor();
        return new BlobStore.Page(others, next == null ? null : SECOND + next);
    }
}
