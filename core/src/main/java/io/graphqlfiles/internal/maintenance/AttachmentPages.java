package io.graphqlfiles.internal.maintenance;

import io.graphqlfiles.spi.ListingProgress;
import io.graphqlfiles.spi.attachment.AttachmentRow;
import io.graphqlfiles.spi.attachment.AttachmentStore;
import io.graphqlfiles.spi.attachment.AttachmentStoreException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pages of the rows in one state, one after the other. A listing that does not go on ends with an error rather than
 * never. Not thread-safe.
 */
final class AttachmentPages {

    private static final int LIMIT = 1000;
    /** In a row. Of rows in one state, whoever comes to an empty page is nearly always at the end. */
    private static final int MOST_EMPTY_PAGES = 1000;

    private final AttachmentStore store;
    private final AttachmentRow.State state;
    private final ListingProgress cursors = new ListingProgress();
    private final ListingProgress blobs = new ListingProgress();
    private @Nullable String cursor;
    private boolean ended;
    private int emptyPages;

    /** Asks for nothing yet. */
    AttachmentPages(AttachmentStore store, AttachmentRow.State state) {
        this.store = store;
        this.state = state;
    }

    /** Whether there is another page to ask for. */
    boolean hasNext() {
        return !ended;
    }

    /**
     * Asks for the next page.
     *
     * @throws AttachmentStoreException if the store fails, or gives what it gave before; there is no next page then
     */
    List<AttachmentRow> next() {
        ended = true;
        AttachmentStore.Page page = store.list(state, cursor, LIMIT);
        cursor = page.nextCursor();
        if (!advances(page.rows()) || (cursor != null && !cursors.advancesTo(cursor))) {
            throw new AttachmentStoreException(
                    "list: expected the rows that are " + state
                            + " to go on or to end, found a page or cursor that was given before",
                    null);
        }
        ended = cursor == null;
        return page.rows();
    }

    private boolean advances(List<AttachmentRow> rows) {
        if (rows.isEmpty()) {
            return ++emptyPages <= MOST_EMPTY_PAGES;
        }
        emptyPages = 0;
        return blobs.advancesTo(rows.get(0).blob().toString());
    }
}
