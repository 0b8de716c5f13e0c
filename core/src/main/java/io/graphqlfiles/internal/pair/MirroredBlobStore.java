package io.graphqlfiles.internal.pair;

import static java.util.Objects.requireNonNull;

import io.graphqlfiles.internal.blob.FileKeys;
import io.graphqlfiles.internal.blob.FrontedStore;
import io.graphqlfiles.spi.BlobHead;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobIntegrityException;
import io.graphqlfiles.spi.BlobNotFoundException;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.spi.CopyRequest;
import io.graphqlfiles.spi.DirectAccess;
import io.graphqlfiles.spi.PartUploads;
import io.graphqlfiles.spi.PutRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A store with a mirror. What is written is written to the store, and copied to the mirror soon after by threads of its
 * own; what they do not get done, because the mirror fails or the process ends, is left to be copied with the rest.
 * Reads of this process go to the mirror while the store fails. What is staged is not mirrored.
 */
public class MirroredBlobStore implements FrontedStore {

    private final BlobStore store;
    private final BlobStore mirror;
    private final MirrorWrites writes;
    private final Outage outage = new Outage(System::nanoTime);

    MirroredBlobStore(BlobStore store, BlobStore mirror) {
        this.store = store;
        this.mirror = mirror;
        this.writes = new MirrorWrites(store, mirror);
    }

    /** One that takes uploads in parts if the store does. */
    public static MirroredBlobStore of(BlobStore store, BlobStore mirror) {
        return store instanceof PartUploads parts
                ? new MirroredPartStore(store, parts, mirror)
                : new MirroredBlobStore(store, mirror);
    }

    /** The store itself. */
    public BlobStore store() {
        return store;
    }

    public BlobStore mirror() {
        return mirror;
    }

    /** That of the store itself: nothing is asked to sign a URL, so nobody knows whether it fails. */
    @Override
    public @Nullable DirectAccess access(@Nullable DirectAccess endpoint) {
        return store instanceof DirectAccess own ? own : endpoint;
    }

    @Override
    public boolean isServed() {
        return !(store instanceof DirectAccess);
    }

    @Override
    public @Nullable BlobStore holder(String key) {
        return stat(key) == null ? null : this;
    }

    @Override
    public BlobInfo put(PutRequest blob, InputStream content) throws IOException {
        BlobInfo stored = store.put(blob, content);
        mirror(blob.key());
        return stored;
    }

    @Override
    public BlobInfo copy(CopyRequest copy) {
        BlobInfo stored = store.copy(copy);
        mirror(copy.targetKey());
        return stored;
    }

    private void mirror(String key) {
        if (!key.startsWith(FileKeys.STAGED)) {
            writes.add(key);
        }
    }

    @Override
    public InputStream open(String key, ByteRange range) {
        return requireNonNull(read(each -> each.open(key, range)));
    }

    @Override
    public @Nullable BlobInfo stat(String key) {
        return read(each -> each.stat(key));
    }

    @Override
    public @Nullable BlobHead head(String key, int length) throws IOException {
        return read(each -> each.head(key, length));
    }

    /** Something that is read. */
    private interface Read<T, E extends Exception> {
        @Nullable
        T from(BlobStore store) throws E;
    }

    private <T, E extends Exception> @Nullable T read(Read<T, E> read) throws E {
        BlobStoreException failure = null;
        if (!outage.isOn()) {
            try {
                return read.from(store);
            } catch (BlobNotFoundException | BlobIntegrityException e) {
                throw e;
            } catch (BlobStoreException e) {
                outage.begin(store, e);
                failure = e;
            }
        }
        try {
            T found = read.from(mirror);
            if (found != null) {
                return found;
            }
        } catch (BlobStoreException e) {
            if (failure != null) {
                failure.addSuppressed(e);
            }
        }
        // That the mirror does not have it says nothing of the store.
        if (failure != null) {
            throw failure;
        }
        return read.from(store);
    }

    /** The store first: see {@link BlobTransfer}. */
    @Override
    public void delete(Collection<String> keys) {
        PairDeletion.delete(store, mirror, keys);
    }

    @Override
    public BlobStore.Page list(String prefix, @Nullable String cursor, int limit) {
        return store.list(prefix, cursor, limit);
    }

    @Override
    public int removeUnfinishedWrites(Instant before) {
        return store.removeUnfinishedWrites(before) + mirror.removeUnfinishedWrites(before);
    }

    /** Ends the threads; what they have not copied is left to be copied with the rest. */
    @Override
    public void close() {
        writes.close();
    }

    @Override
    public String toString() {
        return store + ", mirrored to " + mirror;
    }
}
