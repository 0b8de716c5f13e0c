package io.graphqlfiles.spi.media;

import static java.util.Objects.requireNonNull;

import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.ByteRange;
import java.io.InputStream;

/** The bytes of a file in a store, for reading: all of them or a part. Immutable. */
public final class StoredContent {

    private final BlobStore store;
    private final String key;
    private final String mimeType;
    private final long byteSize;

    /**
     * Names a blob.
     *
     * @param store has it
     * @param key the store's name for it
     * @param mimeType media type, found in the content
     * @param byteSize length in bytes
     */
    public StoredContent(BlobStore store, String key, String mimeType, long byteSize) {
        this.store = requireNonNull(store, "store");
        this.key = requireNonNull(key, "key");
        this.mimeType = requireNonNull(mimeType, "mimeType");
        this.byteSize = byteSize;
    }

    /** Media type, found by looking at the content. */
    public String mimeType() {
        return mimeType;
    }

    /** Length in bytes. */
    public long byteSize() {
        return byteSize;
    }

    /**
     * Opens a part of the bytes, any number of times. Each call is a request to the store. Blocks.
     *
     * @return to be closed by the caller
     * @throws io.graphqlfiles.spi.BlobNotFoundException if it was deleted
     * @throws io.graphqlfiles.spi.BlobStoreException if the store fails
     */
    public InputStream open(ByteRange range) {
        return store.open(key, range);
    }

    @Override
    public String toString() {
        return "StoredContent[" + mimeType + ", " + byteSize + " bytes]";
    }
}
