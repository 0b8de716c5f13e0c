package io.graphqlfiles.spring.app;

import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.spi.CopyBlob;
import io.graphqlfiles.spi.PutBlob;
import java.io.InputStream;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** A store whose bucket is out of order. */
final class BrokenStore implements BlobStore {

    @Override
    public BlobInfo put(PutBlob blob, InputStream content) {
        throw failure("put");
    }

    @Override
    public InputStream open(String key, ByteRange range) {
        throw failure("open");
    }

    @Override
    public @Nullable BlobInfo stat(String key) {
        throw failure("stat");
    }

    @Override
    public BlobInfo copy(CopyBlob copy) {
        throw failure("copy");
    }

    @Override
    public void delete(Collection<String> keys) {
        throw failure("delete");
    }

    @Override
    public BlobStore.Page list(String prefix, @Nullable String cursor, int limit) {
        throw failure("list");
    }

    private static BlobStoreException failure(String operation) {
        return new BlobStoreException("broken", operation, null, true, "the secret bucket is on fire", null);
    }
}
