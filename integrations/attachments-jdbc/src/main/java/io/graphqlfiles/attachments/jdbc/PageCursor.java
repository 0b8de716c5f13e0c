package io.graphqlfiles.attachments.jdbc;

import io.graphqlfiles.spi.BlobReference;

/** The last row of a page, as text. */
final class PageCursor {

    private PageCursor() {}

    static String of(BlobReference blob) {
        // Names of stores can be anything; their length says where they end.
        return blob.store().length() + ":" + blob.store() + blob.key();
    }

    /** @throws IllegalArgumentException if {@link #of} made no such text */
    static BlobReference parse(String cursor) {
        try {
            int colon = cursor.indexOf(':');
            int store = colon + 1 + Integer.parseInt(cursor.substring(0, Math.max(colon, 0)));
            return new BlobReference(cursor.substring(colon + 1, store), cursor.substring(store));
        } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
            throw new IllegalArgumentException("cursor: expected one that a listing gave", e);
        }
    }
}
