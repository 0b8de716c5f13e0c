package io.graphqlfiles.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing.
 *
 * @param blobs the blobs of this page, perhaps none; copied
 * @param nextCursor what to pass for the next page, opaque; null if this is the last
 */
public record BlobPage(List<BlobInfo> blobs, @Nullable String nextCursor) {

    public BlobPage {
        blobs = List.copyOf(blobs);
    }
}
