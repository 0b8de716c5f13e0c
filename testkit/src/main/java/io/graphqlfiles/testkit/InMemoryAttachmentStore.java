package io.graphqlfiles.testkit;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;
import static java.util.Objects.requireNonNull;

import io.graphqlfiles.UnitOfWork;
import io.graphqlfiles.spi.BlobReference;
import io.graphqlfiles.spi.attachment.AttachedFile;
import io.graphqlfiles.spi.attachment.AttachmentChange;
import io.graphqlfiles.spi.attachment.AttachmentConflictException;
import io.graphqlfiles.spi.attachment.AttachmentEdit;
import io.graphqlfiles.spi.attachment.AttachmentRow;
import io.graphqlfiles.spi.attachment.AttachmentRow.State;
import io.graphqlfiles.spi.attachment.AttachmentSlot;
import io.graphqlfiles.spi.attachment.AttachmentStatistics;
import io.graphqlfiles.spi.attachment.AttachmentStore;
import io.graphqlfiles.spi.attachment.AttachmentStoreException;
import io.graphqlfiles.spi.attachment.IdSpelling;
import io.graphqlfiles.testkit.AttachmentTransactions.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps attachments on the heap, for tests, with transactions: {@link #unitOfWork()} runs work that is committed or
 * rolled back with all that it changed here. Every promise of {@link AttachmentStore} holds, but for what a heap cannot
 * do: it forgets all when the process ends. A change that waits for more than ten seconds for another transaction ends
 * with an {@link AttachmentConflictException}. Thread-safe.
 */
public final class InMemoryAttachmentStore implements AttachmentStore {

    private static final int MAX_PAGE = 1000;

    /** Guarded on its own, as everything in {@link #transactions} is. What a transaction has changed is not in it. */
    private final TreeMap<BlobReference, StoredRow> rows =
            new TreeMap<>(comparing(BlobReference::store).thenComparing(BlobReference::key));

    private final Map<String, String> identities = new ConcurrentHashMap<>();
    private final AttachmentTransactions transactions = new AttachmentTransactions(rows);

    /** Transactions of this store alone. An action given to it for after the commit runs in the committing thread. */
    public UnitOfWork unitOfWork() {
        return transactions;
    }

    @Override
    public void announce(Collection<BlobReference> blobs, Instant now) {
        requireNonNull(now, "now");
        synchronized (rows) {
            Set<BlobReference> fresh = new HashSet<>();
            for (BlobReference blob : blobs) {
                if (!fresh.add(blob) || rows.containsKey(blob)) {
                    throw new AttachmentStoreException(blob + ": announced before", null);
                }
            }
            fresh.forEach(blob -> rows.put(blob, StoredRow.announced(now)));
        }
    }

    @Override
    public Set<BlobReference> discard(Collection<BlobReference> blobs, Instant dueAt) {
        requireNonNull(dueAt, "dueAt");
        synchronized (rows) {
            Set<BlobReference> unreferenced = new LinkedHashSet<>();
            for (BlobReference blob : blobs) {
                StoredRow row = rows.get(blob);
                if (row != null && (row.slot() != null || transactions.isLocked(blob))) {
                    continue;
                }
                if (row != null && row.state() == State.ANNOUNCED) {
                    rows.put(blob, StoredRow.discarded(dueAt));
                }
                unreferenced.add(blob);
            }
            return unreferenced;
        }
    }

    @Override
    public List<AttachmentChange> change(List<AttachmentEdit> edits, Instant dueAt) {
        requireNonNull(dueAt, "dueAt");
        TreeMap<AttachmentSlot, AttachmentEdit> bySlot = new TreeMap<>();
        for (AttachmentEdit edit : edits) {
            if (bySlot.put(edit.slot(), edit) != null) {
                throw new IllegalArgumentException("edits: expected different slots, found " + edit.slot() + " twice");
            }
        }
        return transactions.run(transaction -> {
            bySlot.keySet().forEach(slot -> transaction.lock(Owner.of(slot)));
            Map<AttachmentSlot, AttachmentChange> changes = new TreeMap<>();
            bySlot.forEach((slot, edit) -> {
                List<AttachedFile> before = files(transaction, slot);
                changes.put(slot, new AttachmentChange(slot, before, edit.edit().apply(before)));
            });
            synchronized (rows) {
                requirePossible(transaction, changes.values());
                changes.forEach((slot, change) -> apply(
                        transaction,
                        change,
                        dueAt,
                        requireNonNull(bySlot.get(slot)).keeps()));
            }
            return edits.stream()
                    .map(edit -> requireNonNull(changes.get(edit.slot())))
                    .toList();
        });
    }

    private static void requirePossible(Transaction transaction, Collection<AttachmentChange> changes) {
        Set<BlobReference> named = new HashSet<>();
        for (AttachmentChange change : changes) {
            for (AttachedFile file : change.after()) {
                if (!named.add(file.blob())) {
                    throw new IllegalArgumentException("edits: " + file.blob() + " is named twice");
                }
            }
            for (BlobReference blob : change.attached()) {
                StoredRow row = transaction.row(blob);
                if (row == null || !row.canBeAttachedTo(change.slot()) || transaction.isLockedByAnother(blob)) {
                    throw new AttachmentConflictException(blob + ": not announced or kept, or not any more", null);
                }
            }
        }
    }

    private static void apply(Transaction transaction, AttachmentChange change, Instant dueAt, boolean keeps) {
        change.discarded().forEach(blob -> discard(transaction, blob, dueAt, keeps));
        int position = 0;
        for (AttachedFile file : change.after()) {
            transaction.put(file.blob(), StoredRow.attached(change.slot(), position++, file));
        }
    }

    private static void discard(Transaction transaction, BlobReference blob, Instant dueAt, boolean keeps) {
        StoredRow row = requireNonNull(transaction.row(blob));
        transaction.put(blob, keeps ? row.keptUntil(dueAt) : StoredRow.discarded(dueAt));
    }

    @Override
    public List<BlobReference> discardAll(String ownerType, String ownerId, Instant dueAt, boolean keeps) {
        requireNonNull(dueAt, "dueAt");
        Owner owner = new Owner(ownerType, ownerId);
        return transactions.run(transaction -> {
            transaction.lock(owner);
            synchronized (rows) {
                List<BlobReference> discarded = transaction
                        .rows()
                        .filter(row -> row.getValue().isIn(State.ATTACHED, owner))
                        .map(Entry::getKey)
                        .toList();
                discarded.forEach(blob -> discard(transaction, blob, dueAt, keeps));
                return discarded;
            }
        });
    }

    @Override
    public List<AttachmentStore.Kept> kept(String ownerType, String ownerId) {
        Owner owner = new Owner(ownerType, ownerId);
        return transactions.run(transaction -> {
            synchronized (rows) {
                return transaction
                        .rows()
                        .filter(row -> row.getValue().isIn(State.KEPT, owner))
                        .map(row -> new AttachmentStore.Kept(
                                requireNonNull(row.getValue().slot()),
                                new AttachedFile(
                                        row.getKey(),
                                        requireNonNull(row.getValue().json())),
                                row.getValue().requireTime()))
                        .sorted(comparing(AttachmentStore.Kept::dueAt).reversed())
                        .toList();
            }
        });
    }

    @Override
    public Set<String> similarOwners(String ownerType, Collection<String> ownerIds) {
        Set<String> wanted = ownerIds.stream().map(IdSpelling::fingerprint).collect(Collectors.toSet());
        return transactions.run(transaction -> {
            Set<String> found = new HashSet<>();
            synchronized (rows) {
                inOrder(
                                transaction,
                                slot -> slot.ownerType().equals(ownerType)
                                        && wanted.contains(IdSpelling.fingerprint(slot.ownerId())))
                        .forEach(row ->
                                found.add(requireNonNull(row.getValue().slot()).ownerId()));
            }
            return found;
        });
    }

    @Override
    public Map<String, List<AttachedFile>> find(String ownerType, String field, Collection<String> ownerIds) {
        Set<String> wanted = Set.copyOf(new HashSet<>(ownerIds));
        return transactions.run(transaction -> {
            Map<String, List<AttachedFile>> found = new LinkedHashMap<>();
            synchronized (rows) {
                inOrder(
                                transaction,
                                slot -> slot.ownerType().equals(ownerType)
                                        && slot.field().equals(field)
                                        && wanted.contains(slot.ownerId()))
                        .forEach(row -> found.computeIfAbsent(
                                        requireNonNull(row.getValue().slot()).ownerId(), id -> new ArrayList<>())
                                .add(file(row)));
            }
            return found;
        });
    }

    private List<AttachedFile> files(Transaction transaction, AttachmentSlot wanted) {
        synchronized (rows) {
            return inOrder(transaction, wanted::equals)
                    .map(InMemoryAttachmentStore::file)
                    .toList();
        }
    }

    private static Stream<Entry<BlobReference, StoredRow>> inOrder(
            Transaction transaction, Predicate<AttachmentSlot> wanted) {
        return transaction
                .rows()
                .filter(row -> row.getValue().state() == State.ATTACHED
                        && wanted.test(requireNonNull(row.getValue().slot())))
                .sorted(comparingInt(row -> row.getValue().position()));
    }

    private static AttachedFile file(Entry<BlobReference, StoredRow> row) {
        return new AttachedFile(
                row.getKey(),
                requireNonNull(row.getValue().json()),
                row.getValue().time());
    }

    @Override
    public int discardUnattached(Instant announcedBefore, int limit, Instant dueAt) {
        requireNonNull(dueAt, "dueAt");
        synchronized (rows) {
            List<BlobReference> old = free(State.ANNOUNCED)
                    .filter(row -> row.getValue().requireTime().isBefore(announcedBefore))
                    .map(Entry::getKey)
                    .limit(requireLimit(limit, Integer.MAX_VALUE))
                    .toList();
            old.forEach(blob -> rows.put(blob, StoredRow.discarded(dueAt)));
            return old.size();
        }
    }

    @Override
    public List<BlobReference> leaseDiscarded(Instant now, Instant leaseEnd, int limit) {
        if (!leaseEnd.isAfter(now)) {
            throw new IllegalArgumentException("leaseEnd: expected after " + now + ", found " + leaseEnd);
        }
        synchronized (rows) {
            List<BlobReference> leased = Stream.concat(free(State.DISCARDED), free(State.KEPT))
                    .filter(row -> row.getValue().isDue(now))
                    .sorted(comparing(row -> row.getValue().requireTime()))
                    .map(Entry::getKey)
                    .limit(requireLimit(limit, Integer.MAX_VALUE))
                    .toList();
            leased.forEach(blob -> rows.computeIfPresent(blob, (key, row) -> row.leasedUntil(leaseEnd)));
            return leased;
        }
    }

    @Override
    public List<AttachmentRow> leaseAttached(Instant now, Instant leaseEnd, int limit) {
        if (!leaseEnd.isAfter(now)) {
            throw new IllegalArgumentException("leaseEnd: expected after " + now + ", found " + leaseEnd);
        }
        synchronized (rows) {
            List<BlobReference> leased = free(State.ATTACHED)
                    .filter(row ->
                            row.getValue().time() != null && row.getValue().isDue(now))
                    .sorted(comparing(row -> row.getValue().requireTime()))
                    .map(Entry::getKey)
                    .limit(requireLimit(limit, Integer.MAX_VALUE))
                    .toList();
            return leased.stream()
                    .map(blob -> requireNonNull(rows.computeIfPresent(blob, (key, row) -> row.dueAt(leaseEnd)))
                            .at(blob))
                    .toList();
        }
    }

    @Override
    public void forget(Collection<BlobReference> blobs) {
        synchronized (rows) {
            for (BlobReference blob : blobs) {
                rows.computeIfPresent(blob, (key, row) -> row.state() == State.DISCARDED ? null : row);
            }
        }
    }

    @Override
    public List<AttachmentRow> rows(Collection<BlobReference> blobs) {
        requireLimit(Math.max(1, blobs.size()), MAX_PAGE);
        synchronized (rows) {
            List<AttachmentRow> found = new ArrayList<>();
            for (BlobReference blob : Set.copyOf(new HashSet<>(blobs))) {
                StoredRow row = rows.get(blob);
                if (row != null) {
                    found.add(row.at(blob));
                }
            }
            return found;
        }
    }

    @Override
    public AttachmentStore.Page list(State state, @Nullable String cursor, int limit) {
        requireLimit(limit, MAX_PAGE);
        synchronized (rows) {
            List<AttachmentRow> page = (cursor == null ? rows : rows.tailMap(parse(cursor), false))
                    .entrySet().stream()
                            .filter(row -> row.getValue().state() == state)
                            .limit(limit)
                            .map(row -> row.getValue().at(row.getKey()))
                            .toList();
            return new AttachmentStore.Page(
                    page,
                    page.size() < limit ? null : page.get(limit - 1).blob().toString());
        }
    }

    private static BlobReference parse(String cursor) {
        int colon = cursor.indexOf(':');
        return new BlobReference(cursor.substring(0, colon), cursor.substring(colon + 1));
    }

    @Override
    public @Nullable String storeIdentity(String store, @Nullable String ifNone) {
        if (ifNone != null) {
            identities.putIfAbsent(store, ifNone);
        }
        return identities.get(store);
    }

    @Override
    public AttachmentStatistics.Backlog backlog() {
        synchronized (rows) {
            return new AttachmentStatistics.Backlog(
                    count(State.ANNOUNCED),
                    count(State.DISCARDED),
                    count(State.KEPT),
                    oldest(Set.of(State.ANNOUNCED)),
                    oldest(Set.of(State.KEPT, State.DISCARDED)));
        }
    }

    @Override
    public AttachmentStatistics statistics() {
        synchronized (rows) {
            return new AttachmentStatistics(count(State.ATTACHED), backlog());
        }
    }

    private long count(State state) {
        return rows.values().stream().filter(row -> row.state() == state).count();
    }

    private @Nullable Instant oldest(Set<State> states) {
        return rows.values().stream()
                .filter(row -> states.contains(row.state()))
                .map(StoredRow::requireTime)
                .min(Instant::compareTo)
                .orElse(null);
    }

    /** The rows in this state that no transaction works on. */
    private Stream<Entry<BlobReference, StoredRow>> free(State state) {
        return rows.entrySet().stream()
                .filter(row -> row.getValue().state() == state && !transactions.isLocked(row.getKey()));
    }

    private static int requireLimit(int limit, int max) {
        if (limit < 1 || limit > max) {
            throw new IllegalArgumentException("limit: expected 1 to " + max + ", found " + limit);
        }
        return limit;
    }

    /** The record that slots belong to: what is locked. */
    record Owner(String type, String id) {

        static Owner of(AttachmentSlot slot) {
            return new Owner(slot.ownerType(), slot.ownerId());
        }
    }

    /** One row. Immutable. */
    record StoredRow(
            State state,
            @Nullable Instant time,
            @Nullable Instant leaseEnd,
            @Nullable AttachmentSlot slot,
            int position,
            @Nullable String json) {

        static StoredRow announced(Instant now) {
            return new StoredRow(State.ANNOUNCED, now, null, null, 0, null);
        }

        /** Its time is from when on something is to be done with it. */
        static StoredRow attached(AttachmentSlot slot, int position, AttachedFile file) {
            return new StoredRow(State.ATTACHED, file.dueAt(), null, slot, position, file.json());
        }

        StoredRow dueAt(Instant dueAt) {
            return new StoredRow(state, dueAt, leaseEnd, slot, position, json);
        }

        static StoredRow discarded(Instant dueAt) {
            return new StoredRow(State.DISCARDED, dueAt, null, null, 0, null);
        }

        /** Discarded in any case: what is given out for deletion can no longer be restored. */
        StoredRow leasedUntil(Instant leaseEnd) {
            return new StoredRow(State.DISCARDED, time, leaseEnd, null, 0, null);
        }

        StoredRow keptUntil(Instant dueAt) {
            return new StoredRow(State.KEPT, dueAt, null, slot, position, json);
        }

        boolean canBeAttachedTo(AttachmentSlot wanted) {
            return state == State.ANNOUNCED || (state == State.KEPT && wanted.equals(slot));
        }

        boolean isIn(State wanted, Owner owner) {
            return state == wanted && slot != null && Owner.of(slot).equals(owner);
        }

        boolean isDue(Instant now) {
            return !requireTime().isAfter(now) && (leaseEnd == null || !leaseEnd.isAfter(now));
        }

        Instant requireTime() {
            return requireNonNull(time);
        }

        AttachmentRow at(BlobReference blob) {
            return new AttachmentRow(blob, state, state == State.ATTACHED ? null : time, slot);
        }
    }
}
