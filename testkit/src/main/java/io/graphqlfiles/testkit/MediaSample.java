package io.graphqlfiles.testkit;

import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.Visibility;
import io.graphqlfiles.spi.media.StoredContent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A file in a store that can fail, for the contracts of those that read it. */
final class MediaSample {

    private static final String KEY = "private/sample";

    final FaultyBlobStore store = new FaultyBlobStore(new InMemoryBlobStore());
    final StoredContent content;

    MediaSample(String mimeType, byte[] bytes) {
        try {
            store.put(
                    new PutRequest(KEY, bytes.length, mimeType, "inline", Visibility.PRIVATE),
                    new ByteArrayInputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.content = new StoredContent(store, KEY, mimeType, bytes.length);
    }
}
