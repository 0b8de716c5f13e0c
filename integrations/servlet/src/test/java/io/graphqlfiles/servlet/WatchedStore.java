package io.graphqlfiles.servlet;

import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.testkit.ForwardingBlobStore;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;

/** Tells when writes begin and end and when streams are closed. */
final class WatchedStore extends ForwardingBlobStore {

    final CountDownLatch putFirstBytes = new CountDownLatch(1);
    final CountDownLatch putEnded = new CountDownLatch(1);
    final CountDownLatch closed = new CountDownLatch(1);

    WatchedStore(BlobStore store) {
        super(store);
    }

    @Override
    public BlobInfo put(PutRequest blob, InputStream content) throws IOException {
        try {
            return super.put(blob, new FilterInputStream(content) {
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
        return new FilterInputStream(super.open(key, range)) {
            @Override
            public void close() throws IOException {
                super.close();
                closed.countDown();
            }
        };
    }
}
