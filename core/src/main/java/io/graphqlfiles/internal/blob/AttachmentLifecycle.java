package io.graphqlfiles.internal.blob;

import io.graphqlfiles.StoredFile;
import io.graphqlfiles.StoredFile.Status;
import io.graphqlfiles.spi.BlobReference;
import io.graphqlfiles.spi.attachment.AttachedFile;
import io.graphqlfiles.spi.attachment.AttachmentEdit;
import io.graphqlfiles.spi.attachment.AttachmentSlot;
import io.graphqlfiles.spi.attachment.AttachmentStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
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
    private final Duration retention;
    private final Tenancy tenancy;

    /** @param retention how long files are kept that leave their records; zero to delete them at once */
    public AttachmentLifecycle(
            AttachmentStore rows, BlobStores stores, Clock clock, Duration retention, Tenancy tenancy) {
        this.rows = rows;
        this.stores = stores;
        this.clock = clock;
        this.retention = retention;
        this.tenancy = tenancy;
    }

    public AttachmentStore rows() {
        return rows;
    }

    /** Notes blobs that are about to be written. */
    void announce(Collection<BlobReference> blobs) {
        tenancy.forEach(blobs, some -> rows.announce(some, clock.instant()));
    }

    /** What is to become of a slot; what leaves it is kept if files are. */
    public AttachmentEdit edit(AttachmentSlot slot, UnaryOperator<List<AttachedFile>> edit) {
        return new AttachmentEdit(slot, edit, keeps());
    }

    /**
     * Changes slots as {@link AttachmentStore#change} does.
     *
     * @param edits of {@link #edit}
     * @return what to delete after the commit: nothing of what is kept
     */
    public List<BlobReference> change(List<AttachmentEdit> edits) {
        List<BlobReference> discarded = new ArrayList<>();
        rows.change(edits, leavesAt()).forEach(change -> discarded.addAll(change.discarded()));
        return keeps() ? List.of() : discarded;
    }

    /**
     * Discards the files of a record as {@link AttachmentStore#discardAll} does.
     *
     * @return what to delete after the commit: nothing of what is kept
     */
    public List<BlobReference> discardAll(String ownerType, String ownerId) {
        List<BlobReference> discarded = rows.discardAll(ownerType, ownerId, leavesAt(), keeps());
        return keeps() ? List.of() : discarded;
    }

    /** Discards the files of a record that nobody knows; the next sweep deletes them, unless they are kept. */
    public void abandonAll(String ownerType, String ownerId) {
        rows.discardAll(ownerType, ownerId, clock.instant().plus(retention), keeps());
    }

    private boolean keeps() {
        return !retention.isZero();
    }

    /** From when on the sweep may delete what leaves its record now. */
    private Instant leavesAt() {
        return keeps() ? clock.instant().plus(retention) : dueAt();
    }

    /** From when on the sweep may delete what its process is about to delete. */
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
            tenancy.forEach(blobs, some -> deleteUnreferenced(some, dueAt, forGood));
        } catch (RuntimeException e) {
            LOG.warn("Blobs {} could not be deleted; the next sweep will do it", blobs, e);
        }
    }

    private void deleteUnreferenced(Collection<BlobReference> blobs, Instant dueAt, boolean forGood) {
        // The answer, not what we believe of the transaction, is the permission to delete.
        Collection<BlobReference> unreferenced = rows.discard(blobs, dueAt);
        byStore(unreferenced).forEach(stores::delete);
        if (forGood) {
            rows.forget(unreferenced);
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

    /**
     * A list as it is to become. What stays keeps what was decided about it; what is new waits for a decision if its
     * field is reviewed, or if it waited where it was copied from.
     */
    public List<AttachedFile> attached(List<StoredFile> files, List<AttachedFile> present, boolean isReviewed) {
        Map<BlobReference, AttachedFile> known = new HashMap<>();
        present.forEach(file -> known.put(file.blob(), file));
        return files.stream()
                .map(file -> {
                    AttachedFile old = known.get(reference(file));
                    return old == null
                            ? attached(isReviewed ? file.withStatus(Status.PENDING) : file)
                            : new AttachedFile(
                                    old.blob(),
                                    file.withStatus(stored(old).status()).toJson(),
                                    old.dueAt());
                })
                .toList();
    }

    /** A file that becomes attached as it is; due if it waits for a decision. */
    public AttachedFile attached(StoredFile file) {
        return new AttachedFile(
                reference(file), file.toJson(), file.status() == Status.PENDING ? clock.instant() : null);
    }

    public static StoredFile stored(AttachedFile file) {
        return StoredFile.fromJson(file.json());
    }
}
