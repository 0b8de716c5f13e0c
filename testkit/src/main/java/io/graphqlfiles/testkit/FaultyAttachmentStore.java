package io.graphqlfiles.testkit;

import static java.util.Objects.requireNonNull;

import io.graphqlfiles.spi.BlobReference;
import io.graphqlfiles.spi.attachment.AttachedFile;
import io.graphqlfiles.spi.attachment.AttachmentChange;
import io.graphqlfiles.spi.attachment.AttachmentEdit;
import io.graphqlfiles.spi.attachment.AttachmentRow;
import io.graphqlfiles.spi.attachment.AttachmentStatistics;
import io.graphqlfiles.spi.attachment.AttachmentStore;
import io.graphqlfiles.spi.attachment.AttachmentStoreException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An attachment store that fails on demand, and otherwise passes every call on to another.
 *
 * <pre>{@code
 * FaultyAttachmentStore store = new FaultyAttachmentStore(new InMemoryAttachmentStore());
 * store.fail(Operation.CHANGE).atCall(2).after();    // the second change is made, and then fails
 * store.heal();
 * }</pre>
 *
 * <p>Mutable and thread-safe: settings made before a call starts hold for that call.
 */
public final class FaultyAttachmentStore implements AttachmentStore {

    /** What can be made to fail. */
    public enum Operation {
        ANNOUNCE,
        DISCARD,
        CHANGE,
        DISCARD_ALL,
        KEPT,
        FIND,
        SIMILAR_OWNERS,
        DISCARD_UNATTACHED,
        LEASE_DISCARDED,
        LEASE_ATTACHED,
        FORGET,
        ROWS,
        LIST,
        STORE_IDENTITY,
        BACKLOG,
        STATISTICS
    }

    private enum Moment {
        BEFORE,
        AFTER
    }

    private final AttachmentStore delegate;
    private final FaultPlans<Operation, Moment> plans = new FaultPlans<>(Operation.class);

    /** A store that does not fail yet. */
    public FaultyAttachmentStore(AttachmentStore delegate) {
        this.delegate = requireNonNull(delegate, "delegate");
    }

    /**
     * Starts to plan a fault of every call of an operation, or of one call. Nothing is planned until the moment is
     * said.
     */
    public Fault fail(Operation operation) {
        return new Fault(requireNonNull(operation, "operation"), 0);
    }

    /** Forgets all planned faults. Calls stay counted. */
    public void heal() {
        plans.clear();
    }

    /** How often an operation was called, whether it failed or not. */
    public int calls(Operation operation) {
        return plans.calls(operation);
    }

    @Override
    public void announce(Collection<BlobReference> blobs, Instant now) {
        call(Operation.ANNOUNCE, () -> {
            delegate.announce(blobs, now);
            return true;
        });
    }

    @Override
    public Set<BlobReference> discard(Collection<BlobReference> blobs, Instant dueAt) {
        return call(Operation.DISCARD, () -> delegate.discard(blobs, dueAt));
    }

    @Override
    public List<AttachmentChange> change(List<AttachmentEdit> edits, Instant dueAt) {
        return call(Operation.CHANGE, () -> delegate.change(edits, dueAt));
    }

    @Override
    public List<BlobReference> discardAll(String ownerType, String ownerId, Instant dueAt, boolean keeps) {
        return call(Operation.DISCARD_ALL, () -> delegate.discardAll(ownerType, ownerId, dueAt, keeps));
    }

    @Override
    public List<AttachmentStore.Kept> kept(String ownerType, String ownerId) {
        return call(Operation.KEPT, () -> delegate.kept(ownerType, ownerId));
    }

    @Override
    public Set<String> similarOwners(String ownerType, Collection<String> ownerIds) {
        return call(Operation.SIMILAR_OWNERS, () -> delegate.similarOwners(ownerType, ownerIds));
    }

    @Override
    public Map<String, List<AttachedFile>> find(String ownerType, String field, Collection<String> ownerIds) {
        return call(Operation.FIND, () -> delegate.find(ownerType, field, ownerIds));
    }

    @Override
    public int discardUnattached(Instant announcedBefore, int limit, Instant dueAt) {
        return call(Operation.DISCARD_UNATTACHED, () -> delegate.discardUnattached(announcedBefore, limit, dueAt));
    }

    @Override
    public List<BlobReference> leaseDiscarded(Instant now, Instant leaseEnd, int limit) {
        return call(Operation.LEASE_DISCARDED, () -> delegate.leaseDiscarded(now, leaseEnd, limit));
    }

    @Override
    public List<AttachmentRow> leaseAttached(Instant now, Instant leaseEnd, int limit) {
        return call(Operation.LEASE_ATTACHED, () -> delegate.leaseAttached(now, leaseEnd, limit));
    }

    @Override
    public void forget(Collection<BlobReference> blobs) {
        call(Operation.FORGET, () -> {
            delegate.forget(blobs);
            return true;
        });
    }

    @Override
    public List<AttachmentRow> rows(Collection<BlobReference> blobs) {
        return call(Operation.ROWS, () -> delegate.rows(blobs));
    }

    @Override
    public AttachmentStore.Page list(AttachmentRow.State state, @Nullable String cursor, int limit) {
        return call(Operation.LIST, () -> delegate.list(state, cursor, limit));
    }

    @Override
    public @Nullable String storeIdentity(String store, @Nullable String ifNone) {
        return call(Operation.STORE_IDENTITY, () -> delegate.storeIdentity(store, ifNone));
    }

    @Override
    public AttachmentStatistics.Backlog backlog() {
        return call(Operation.BACKLOG, delegate::backlog);
    }

    @Override
    public AttachmentStatistics statistics() {
        return call(Operation.STATISTICS, delegate::statistics);
    }

    @Override
    public String toString() {
        return "FaultyAttachmentStore[" + delegate + "]";
    }

    private <T extends @Nullable Object> T call(Operation operation, Supplier<T> work) {
        Moment moment = plans.count(operation);
        if (moment == Moment.BEFORE) {
            throw failure(operation);
        }
        T result = work.get();
        if (moment == Moment.AFTER) {
            throw failure(operation);
        }
        return result;
    }

    private static AttachmentStoreException failure(Operation operation) {
        return new AttachmentStoreException(operation + ": injected fault", null);
    }

    /** When a planned fault happens. Immutable. */
    public final class Fault {

        private final Operation operation;
        private final int call;

        private Fault(Operation operation, int call) {
            this.operation = operation;
            this.call = call;
        }

        /**
         * Only the n-th call from now on; without it, every call.
         *
         * @param n 1 for the next call
         * @throws IllegalArgumentException if it is less
         */
        public Fault atCall(int n) {
            return new Fault(operation, plans.callFromNow(operation, n));
        }

        /** The call fails with an {@link AttachmentStoreException}, and nothing was done. */
        public void before() {
            plans.add(operation, call, Moment.BEFORE);
        }

        /**
         * The call does all of its work and then fails with an {@link AttachmentStoreException}, as when the answer is
         * lost. What it did in a transaction is committed or rolled back with that.
         */
        public void after() {
            plans.add(operation, call, Moment.AFTER);
        }
    }
}
