package io.graphqlfiles.pictures;

import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.Visibility;
import io.graphqlfiles.spi.media.FileAnalyzer;
import io.graphqlfiles.spi.media.FileFacts;
import io.graphqlfiles.spi.media.StoredContent;
import io.graphqlfiles.testkit.FaultyBlobStore;
import io.graphqlfiles.testkit.FaultyBlobStore.Operation;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;

/** A file in a store, analyzed as the library does it. */
final class Stored {

    private static final int HEAD = 65_536;

    final FaultyBlobStore store = new FaultyBlobStore(new InMemoryBlobStore());
    final StoredContent content;
    private final byte[] bytes;

    Stored(String mimeType, byte[] bytes) throws IOException {
        this.bytes = bytes;
        store.put(
                new PutRequest("private/a", bytes.length, mimeType, "inline", Visibility.PRIVATE),
                new ByteArrayInputStream(bytes));
        this.content = new StoredContent(store, "private/a", mimeType, bytes.length);
    }

    FileFacts facts(FileAnalyzer analyzer) throws IOException {
        FileAnalyzer.Analysis analysis =
                analyzer.analyzeHead(content.mimeType(), Arrays.copyOf(bytes, Math.min(HEAD, bytes.length)));
        return analysis.isComplete() ? analysis.facts() : analyzer.analyze(content, analysis.facts());
    }

    int opened() {
        return store.calls(Operation.OPEN);
    }
}
