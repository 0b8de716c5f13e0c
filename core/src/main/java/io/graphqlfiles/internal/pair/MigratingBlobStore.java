package io.graphqlfiles.internal.pair;

import io.graphqlfiles.internal.blob.FrontedStore;
import io.graphqlfiles.spi.BlobAlreadyExistsException;
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
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A store whose files are moving to it from an old one. New blobs go to the new store; what it does not have is looked
 * for in the old one, which loses nothing but what is deleted. Fresh keys are the caller's promise here: a key that
 * only the old store has is not refused by {@link #put}.
 */
public class MigratingBlobStore implements FrontedStore {

    private final BlobStore to;
    private final BlobStore from;

    MigratingBlobStore(BlobStore to, BlobStore from) {
        this.to = to;
        this.from = from;
    }

    /** One that takes uploads in parts if the new store does. */
    public static MigratingBlobStore of(BlobStore to, BlobStore from) {
        return to instanceof PartUploads parts
                ? new MigratingPartStore(to, parts, from)
                : new MigratingBlobStore(to, from);
    }

    /** Where files go. */
    public BlobStore to() {
        return to;
    }

    /** Where files were. */
    public BlobStore from() {
        return from;
    }

    /**
     * Files are read by URLs of the library's endpoint, which knows where they are when it is asked; uploads go
     * straight to the new store.
     */
    @Override
    public @Nullable DirectAccess access(@Nullable DirectAccess endpoint) {
        if (endpoint == null) {
            throw new IllegalArgumentException("migrateFrom: expected the file endpoint, which finds each file where it"
                    + " is while they move, found it off");
        }
        return to instanceof DirectAccess own ? new MigratingAccess(own, endpoint, this::isOldUpload) : endpoint;
    }

    /** Whether an upload in parts is known to be in the old store. No I/O. */
    boolean isOldUpload(String uploadId) {
        return false;
    }

    @Override
    public boolean isServed() {
        return true;
    }

    @Override
    public @Nullable BlobStore holder(String key) {
        return to.stat(key) != null ? to : from.stat(key) != null ? from : null;
    }

    @Override
    public BlobInfo put(PutRequest blob, InputStream content) throws IOException {
        return to.put(blob, content);
    }

    @Override
    public InputStream open(String key, ByteRange range) {
        try {
            return to.open(key, range);
        } catch (BlobNotFoundException e) {
            return from.open(key, range);
        }
    }

    @Override
    public @Nullable BlobInfo stat(String key) {
        BlobInfo moved = to.stat(key);
        return moved == null ? from.stat(key) : moved;
    }

    @Override
    public @Nullable BlobHead head(String key, int length) throws IOException {
        BlobHead moved = to.head(key, length);
        return moved == null ? from.head(key, length) : moved;
    }

    @Override
    public BlobInfo copy(CopyRequest copy) {
        try {
            return to.copy(copy);
        } catch (BlobNotFoundException e) {
            return copyOver(copy, e);
        } catch (BlobIntegrityException e) {
            // It may have moved since it was looked at, where it has another version.
            BlobInfo old = from.stat(copy.sourceKey());
            if (old == null || !old.version().equals(copy.sourceVersion())) {
                throw e;
            }
            return copyOver(copy, e);
        }
    }

    /** From the old store into the new one: the bytes pass through this process. */
    private BlobInfo copyOver(CopyRequest copy, BlobStoreException notInTheNewOne) {
        BlobInfo source = from.stat(copy.sourceKey());
        if (source == null) {
            throw notInTheNewOne;
        }
        requireVersion(copy, source);
        if (from.stat(copy.targetKey()) != null) {
            throw new BlobAlreadyExistsException(
                    from.toString(), "copy", copy.targetKey(), "expected a free key, found a blob", null);
        }
        BlobInfo made;
        try (InputStream content = from.open(copy.sourceKey(), ByteRange.whole())) {
            made = to.put(
                    new PutRequest(
                            copy.targetKey(),
                            source.byteSize(),
                            copy.contentType(),
                            copy.contentDisposition(),
                            copy.visibility()),
                    content);
        } catch (IOException e) {
            throw new BlobStoreException(
                    from.toString(), "copy", copy.sourceKey(), true, "its content could not be read", e);
        }
        try {
            requireVersion(copy, from.stat(copy.sourceKey()));
            return made;
        } catch (RuntimeException e) {
            to.delete(List.of(copy.targetKey()));
            throw e;
        }
    }

    private void requireVersion(CopyRequest copy, @Nullable BlobInfo source) {
        if (source == null || !source.version().equals(copy.sourceVersion())) {
            throw new BlobIntegrityException(
                    from.toString(),
                    "copy",
                    copy.sourceKey(),
                    "expected version " + copy.sourceVersion() + ", found "
                            + (source == null ? "none" : source.version()),
                    null);
        }
    }

    /** The old store first: see {@link BlobTransfer}. */
    @Override
    public void delete(Collection<String> keys) {
        PairDeletion.delete(from, to, keys);
    }

    @Override
    public BlobStore.Page list(String prefix, @Nullable String cursor, int limit) {
        return PairListing.list(from, to, prefix, cursor, limit);
    }

    @Override
    public int removeUnfinishedWrites(Instant before) {
        return to.removeUnfinishedWrites(before) + from.removeUnfinishedWrites(before);
    }

    @Override
    public String toString() {
        return to + ", from " + from;
    }
}
