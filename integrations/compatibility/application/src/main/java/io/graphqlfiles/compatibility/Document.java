package io.graphqlfiles.compatibility;

import io.graphqlfiles.StoredFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document as it is kept.
 *
 * @param shelfName is made a {@link Shelf} by a DataLoader
 */
public record Document(
        String id,
        String title,
        String shelfName,
        @Nullable StoredFile content,
        List<StoredFile> pages,
        @Nullable String addedBy,
        @Nullable String language,
        @Nullable String requestId) {}
