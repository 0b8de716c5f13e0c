package io.graphqlfiles.quarkus;

import io.graphqlfiles.spi.BlobReference;
import io.graphqlfiles.spi.attachment.AttachedFile;
import io.graphqlfiles.spi.attachment.AttachmentChange;
import io.graphqlfiles.spi.attachment.AttachmentEdit;
import io.graphqlfiles.spi.attachment.AttachmentRow;
import io.graphqlfiles.spi.attachment.AttachmentStatistics;
import io.graphqlfiles.spi.attachment.AttachmentStore;
import jakarta.transaction.TransactionManager;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets a store do in the transaction of the thread what belongs to it, and suspends it for what is committed on its
 * own: Agroal gives no connection beside that of a transaction.
 */
final class JtaAttachmentStore implements AttachmentStore {

    private final AttachmentStore store;
    private final TransactionManager manager;

    JtaAttachmentStore(AttachmentStore store, TransactionManager manager) {
        this.store = store;
        this.manager = manager;
    }

    private <T extends @Nullable Object> T outside(Supplier<T> call) {
        return Transactions.outside(manager, call);
    }

    private void runOutside(Runnable call) {
        outside(() -> {
            call.run();
            return true;
        });
    }

    @Override
    public List<AttachmentChange> change(List<AttachmentEdit> edits, Instant dueAt) {
        return store.change(edits, dueAt);
    }

    @Override
    public List<BlobReference> discardAll(String ownerType, String ownerId, Instant dueAt, boolean keeps) {
        return store.discardAll(ownerType, ownerId, dueAt, keeps);
    }

    @Override
    public List<Kept> kept(String ownerType, String ownerId) {
        return store.kept(ownerType, ownerId);
    }

    @Override
    public Map<String, List<AttachedFile>> find(String ownerType, String field, Collection<String> ownerIds) {
        return store.find(ownerType, field, ownerIds);
    }

    @Override
    public Set<String> similarOwners(String ownerType, Collection<String> ownerIds) {
        return store.similarOwners(ownerType, ownerIds);
    }

    @Override
    public void announce(Collection<BlobReference> blobs, Instant now) {
        runOutside(() -> store.announce(blobs, now));
    }

    @Override
    public Set<BlobReference> discard(Collection<BlobReference> blobs, Instant dueAt) {
        return outside(() -> store.discard(blobs, dueAt));
    }

    @Override
    public int discardUnattached(Instant announcedBefore, int limit, Instant dueAt) {
        return outside(() -> store.discardUnattached(announcedBefore, limit, dueAt));
    }

    @Override
    public List<BlobReference> leaseDiscarded(Instant now, Instant leaseEnd, int limit) {
        return outside(() -> store.leaseDiscarded(now, leaseEnd, limit));
    }

    @Override
    public List<AttachmentRow> leaseAttached(Instant now, Instant leaseEnd, int limit) {
        return outside(() -> store.leaseAttached(now, leaseEnd, limit));
    }

    @Override
    public void forget(Collection<BlobReference> blobs) {
        runOutside(() -> store.forget(blobs));
    }

    @Override
    public List<AttachmentRow> rows(Collection<BlobReference> blobs) {
        return outside(() -> store.rows(blobs));
    }

    @Override
    public Page list(AttachmentRow.State state, @Nullable String cursor, int limit) {
        return outside(() -> store.list(state, cursor, limit));
    }

    @Override
    public @Nullable String storeIdentity(String name, @Nullable String ifNone) {
        return this.<@Nullable String>outside(() -> store.storeIdentity(name, ifNone));
    }

    @Override
    public AttachmentStatistics.Backlog backlog() {
        return outside(store::backlog);
    }

    @Override
    public AttachmentStatistics statistics() {
        return outside(store::statistics);
    }
}
