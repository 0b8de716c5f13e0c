package io.graphqlfiles.spi.attachment;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing of rows.
 *
 * @param rows the rows of this page, perhaps none; copied
 * @param nextCursor what to pass for the next page, opaque; null if this is the last
 */
public record AttachmentPage(
        List<AttachmentRow> rows, @Nullable String nextCursor) {

    public AttachmentPage {
        rows = List.copyOf(rows);
    }
}
