package io.graphqlfiles.internal.blob;

import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.ListingProgress;
import org.jspecify.annotations.Nullable;

/**
 * The pages of one listing, one after the other. A store whose listing does not go on ends it with an error rather than
 * never. Not thread-safe.
 */
public final class BlobPages {

    /** In a row. Others may keep what they like in a bucket, but not so much below our prefixes. */
    private static final int MOST_EMPTY_PAGES = 10_000;

    private final BlobStore store;
    private final String prefix;
    private final int limit;
    private final ListingProgress cursors = new ListingProgress();
    private final ListingProgress keys = new ListingProgress();
    private @Nullable String cursor;
    private boolean ended;
    private int emptyPages;

    /** Asks for nothing yet. The arguments are those of {@link BlobStore#list}. */
    public BlobPages(BlobStore store, String prefix, int limit) {
        this.store = store;
        this.prefix = prefix;
        this.limit = limit;
    }

    /** Whether there is another page to ask for. */
    public boolean hasNext() {
        return !ended;
    }

    /**
     * Asks for the next page.
     *
     * @throws BlobStoreException if the store fails, or gives what it gave before; there is no next page then
     */
    public BlobStore.Page next() {
        ended = true;
        BlobStore.Page page = store.list(prefix, cursor, limit);
        cursor = page.nextCursor();
        if (!advances(page) || (cursor != null && !cursors.advancesTo(cursor))) {
            throw new BlobStoreException(
                    store.toString(),
                    "list",
                    null,
                    false,
                    "expected the listing of \"" + prefix
                            + "\" to go on or to end, found a page or cursor it gave before",
                    null);
        }
        ended = cursor == null;
        return page;
    }

    /** A server that forgets where it was gives the same page again under a cursor that is new each time. */
    private boolean advances(BlobStore.Page page) {
        if (page.blobs().isEmpty()) {
            return ++emptyPages <= MOST_EMPTY_PAGES;
        }
        emptyPages = 0;
        return keys.advancesTo(page.blobs().get(0).key());
    }
}
