package io.graphqlfiles.graphql;

import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobPage;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.spi.CopyBlob;
import io.graphqlfiles.spi.PutBlob;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;

/** Passes every call on. */
class ForwardingBlobStore implements BlobStore {

    final BlobStore delegate;

    ForwardingBlobStore(BlobStore delegate) {
        this.delegate = delegate;
    }

    @Override
    public BlobInfo put(PutBlob blob, InputStream content) throws IOException {
        return delegate.put(blob, content);
    }

    @Override
    public InputStream open(String key, ByteRange range) {
        return delegate.open(key, range);
    }

    @Override
    public BlobInfo stat(String key) {
        return delegate.stat(key);
    }

    @Override
    public BlobInfo copy(CopyBlob copy) {
        return delegate.copy(copy);
    }

    @Override
    public void delete(Collection<String> keys) {
        delegate.delete(keys);
    }

    @Override
    public BlobPage list(String prefix, String cursor, int limit) {
        return delegate.list(prefix, cursor, limit);
    }
}
