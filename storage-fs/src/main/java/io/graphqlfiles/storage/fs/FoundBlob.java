package io.graphqlfiles.storage.fs;

import io.graphqlfiles.spi.BlobInfo;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A blob that is visible.
 *
 * @param content the file with its bytes
 * @param isWhole whether that file has the facts, too
 */
record FoundBlob(BlobInfo info, Path content, boolean isWhole) {

    /**
     * Looks for a blob, in one file or in two.
     *
     * @param facts where its facts are if it is in two
     * @param key of the blob; null for the one that is in the facts
     * @throws NoSuchFileException if there is no such blob
     * @throws MalformedFactsException if its facts are lost, not written to their end, or by somebody else
     */
    static FoundBlob find(Path facts, @Nullable String key) throws IOException {
        Path whole = BlobPaths.contentOf(facts);
        BlobInfo info = FactsAttribute.read(whole, key);
        if (info != null) {
            return new FoundBlob(info, whole, true);
        }
        info = BlobFiles.readFacts(facts, key);
        return new FoundBlob(info, BlobPaths.content(facts, info.version()), false);
    }
}
