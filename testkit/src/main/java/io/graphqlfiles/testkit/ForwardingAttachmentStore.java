package io.graphqlfiles.testkit;

import static java.util.Objects.requireNonNull;

import io.graphqlfiles.spi.BlobReference;
import io.graphqlfiles.spi.attachment.AttachedFile;
import io.graphqlfiles.spi.attachment.AttachmentChange;
import io.graphqlfiles.spi.attachment.AttachmentEdit;
import io.graphqlfiles.spi.attachment.AttachmentRow;
import io.graphqlfiles.spi.attachment.AttachmentStatistics;
import io.graphqlfiles.spi.attachment.AttachmentStore;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Passes every call on, to be overridden where a test wants to watch or to meddle. Thread-safe if the other store is.
 */
public class ForwardingAttachmentStore implements AttachmentStore {

    private final AttachmentStore delegate;

    /** Does what the other store does. */
    public ForwardingAttachmentStore(AttachmentStore delegate) {
        this.delegate = requireNonNull(delegate, "delegate");
    }

    /** The store that calls are passed on to. */
    protected final AttachmentStore delegate() {
        return delegate;
    }

    @Override
    public void announce(Collection<BlobReference> blobs, Instant now) {
        delegate.announce(blobs, now);
    }

    @Override
    public Set<BlobReference> discard(Collection<BlobReference> blobs, Instant dueAt) {
        return delegate.discard(blobs, dueAt);
    }

    @Override
    public List<AttachmentChange> change(List<AttachmentEdit> edits, Instant dueAt) {
        return delegate.change(edits, dueAt);
    }

    @Override
    public List<BlobReference> discardAll(String ownerType, String ownerId, Instant dueAt, boolean keeps) {
        return delegate.discardAll(ownerType, ownerId, dueAt, keeps);
    }

    @Override
    public List<AttachmentStore.Kept> kept(String ownerType, String ownerId) {
        return delegate.kept(ownerType, ownerId);
    }

    @Override
    public Set<String> similarOwners(String ownerType, Collection<String> ownerIds) {
        return delegate.similarOwners(ownerType, ownerIds);
    }

    @Override
    public Map<String, List<AttachedFile>> find(String ownerType, String field, Collection<String> ownerIds) {
        return delegate.find(ownerType, field, ownerIds);
    }

    @Override
    public int discardUnattached(Instant announcedBefore, int limit, Instant dueAt) {
        return delegate.discardUnattached(announcedBefore, limit, dueAt);
    }

    @Override
    public List<BlobReference> leaseDiscarded(Instant now, Instant leaseEnd, int limit) {
        return delegate.leaseDiscarded(now, leaseEnd, limit);
    }

    @Override
    public List<AttachmentRow> leaseAttached(Instant now, Instant leaseEnd, int limit) {
        return delegate.leaseAttached(now, leaseEnd, limit);
    }

    @Override
    public void forget(Collection<BlobReference> blobs) {
        delegate.forget(blobs);
    }

    @Override
    public List<AttachmentRow> rows(Collection<BlobReference> blobs) {
        return delegate.rows(blobs);
    }

    @Override
    public AttachmentStore.Page list(AttachmentRow.State state, @Nullable String cursor, int limit) {
        return delegate.list(state, cursor, limit);
    }

    @Override
    public @Nullable String storeIdentity(String store, @Nullable String ifNone) {
        return delegate.storeIdentity(store, ifNone);
    }

    @Override
    public AttachmentStatistics.Backlog backlog() {
        return delegate.backlog();
    }

    @Override
    public AttachmentStatistics statistics() {
        return delegate.statistics();
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + "[" + delegate + "]";
    }
}
