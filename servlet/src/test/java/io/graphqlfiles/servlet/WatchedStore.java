package io.graphqlfiles.servlet;

import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobPage;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.spi.CopyBlob;
import io.graphqlfiles.spi.PutBlob;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Tells when writes begin and end and when streams are closed. */
final class WatchedStore implements BlobStore {

    final CountDownLatch putFirstBytes = new CountDownLatch(1);
    final CountDownLatch putEnded = new CountDownLatch(1);
    final CountDownLatch closed = new CountDownLatch(1);

    private final BlobStore store;

    WatchedStore(BlobStore store) {
        this.store = store;
    }

    @Override
    public BlobInfo put(PutBlob blob, InputStream content) throws IOException {
        try {
            return store.put(blob, new FilterInputStream(content) {
                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    int count = super.read(buffer, offset, length);
                    putFirstBytes.countDown();
                    return count;
                }
            });
        } finally {
            putEnded.countDown();
        }
    }

    @Override
    public InputStream open(String key, ByteRange range) {
        return new FilterInputStream(store.open(key, range)) {
            @Override
            public void close() throws IOException {
                super.close();
                closed.countDown();
            }
        };
    }

    @Override
    public @Nullable BlobInfo stat(String key) {
        return store.stat(key);
    }

    @Override
    public BlobInfo copy(CopyBlob copy) {
        return store.copy(copy);
    }

    @Override
    public void delete(Collection<String> keys) {
        store.delete(keys);
    }

    @Override
    public BlobPage list(String prefix, @Nullable String cursor, int limit) {
        return store.list(prefix, cursor, limit);
    }
}
