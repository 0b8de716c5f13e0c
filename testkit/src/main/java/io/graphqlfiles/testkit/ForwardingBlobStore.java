package io.graphqlfiles.testkit;

import static java.util.Objects.requireNonNull;

import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.spi.CopyBlob;
import io.graphqlfiles.spi.PutBlob;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Passes every call on, to be overridden where a test wants to watch or to meddle. Thread-safe if the other store is.
 */
public class ForwardingBlobStore implements BlobStore {

    private final BlobStore delegate;

    /** Does what the other store does. */
    public ForwardingBlobStore(BlobStore delegate) {
        this.delegate = requireNonNull(delegate, "delegate");
    }

    /** The store that calls are passed on to. */
    protected final BlobStore delegate() {
        return delegate;
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
    public @Nullable BlobInfo stat(String key) {
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
    public BlobStore.Page list(String prefix, @Nullable String cursor, int limit) {
        return delegate.list(prefix, cursor, limit);
    }

    @Override
    public int removeUnfinishedWrites(Instant before) {
        return delegate.removeUnfinishedWrites(before);
    }
}
