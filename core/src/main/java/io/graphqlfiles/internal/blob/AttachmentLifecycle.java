package io.graphqlfiles.internal.blob;

import io.graphqlfiles.StoredFile;
import io.graphqlfiles.spi.BlobReference;
import io.graphqlfiles.spi.attachment.AttachedFile;
import io.graphqlfiles.spi.attachment.AttachmentStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the order in which rows and bytes come and go, on which it rests that nothing is lost and nothing left: the row
 * before the bytes, the bytes gone before the row is. What cannot be finished here is left to the sweep, which finds it
 * by its row.
 */
public final class AttachmentLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(AttachmentLifecycle.class);

    /** Time for whoever discards to delete by himself before the sweep does it for him. */
    private static final Duration OWN_TIME = Duration.ofMinutes(10);
    /** Longer than a request that the client has abandoned takes to come to its end in the store. */
    private static final Duration LATE_WRITE = Duration.ofHours(1);

    private final AttachmentStore rows;
    private final BlobStores stores;
    private final Clock clock;

    public AttachmentLifecycle(AttachmentStore rows, BlobStores stores, Clock clock) {
        this.rows = rows;
        this.stores = stores;
        this.clock = clock;
    }

    public AttachmentStore rows() {
        return rows;
    }

    /** Notes blobs that are about to be written. */
    void announce(Collection<BlobReference> blobs) {
        rows.announce(blobs, clock.instant());
    }

    /** From when on the sweep may delete what is discarded now. */
    public Instant dueAt() {
        return clock.instant().plus(OWN_TIME);
    }

    /**
     * Deletes blobs that nothing refers to: discarded ones, and announced ones that will not be attached. Those that
     * turn out to be attached, or whose transaction has not ended, stay. Failures are logged.
     */
    public void delete(Collection<BlobReference> blobs) {
        delete(blobs, dueAt(), true);
    }

    /**
     * Deletes a blob of which it is not known whether it was written, or still will be: now, and by the sweep once
     * more.
     */
    void deleteUncertain(BlobReference blob) {
        delete(List.of(blob), clock.instant().plus(LATE_WRITE), false);
    }

    private void delete(Collection<BlobReference> blobs, Instant dueAt, boolean forGood) {
        if (blobs.isEmpty()) {
            return;
        }
        try {
            // The answer, not what we believe of the transaction, is the permission to delete.
            Collection<BlobReference> unreferenced = rows.discard(blobs, dueAt);
            byStore(unreferenced).forEach(stores::delete);
            if (forGood) {
                rows.forget(unreferenced);
            }
        } catch (RuntimeException e) {
            LOG.warn("Blobs {} could not be deleted; the next sweep will do it", blobs, e);
        }
    }

    public static Map<String, List<String>> byStore(Collection<BlobReference> blobs) {
        Map<String, List<String>> keys = new LinkedHashMap<>();
        blobs.forEach(blob ->
                keys.computeIfAbsent(blob.store(), store -> new ArrayList<>()).add(blob.key()));
        return keys;
    }

    public static BlobReference reference(StoredFile file) {
        return new BlobReference(file.store(), file.key());
    }

    public static AttachedFile attached(StoredFile file) {
        return new AttachedFile(reference(file), file.toJson());
    }

    public static StoredFile stored(AttachedFile file) {
        return StoredFile.fromJson(file.json());
    }
}
