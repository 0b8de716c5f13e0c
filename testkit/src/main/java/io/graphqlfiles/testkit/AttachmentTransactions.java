package io.graphqlfiles.testkit;

import io.graphqlfiles.UnitOfWork;
import io.graphqlfiles.spi.BlobReference;
import io.graphqlfiles.spi.attachment.AttachmentConflictException;
import io.graphqlfiles.testkit.InMemoryAttachmentStore.Owner;
import io.graphqlfiles.testkit.InMemoryAttachmentStore.StoredRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transactions upon a map of rows. What one has changed is its own until it is committed; the records and rows that it
 * has changed are locked until it ends.
 */
final class AttachmentTransactions implements UnitOfWork {

    private static final Logger LOG = LoggerFactory.getLogger(AttachmentTransactions.class);
    private static final long MAX_WAIT_NANOS = Duration.ofSeconds(10).toNanos();

    private final Map<BlobReference, StoredRow> rows;
    private final Map<Owner, Transaction> ownerLocks = new HashMap<>();
    private final Map<BlobReference, Transaction> rowLocks = new HashMap<>();

    @SuppressWarnings("ThreadLocalUsage") // one for each store: a thread may be in transactions of two
    private final ThreadLocal<@Nullable Transaction> current = new ThreadLocal<>();

    /** @param rows what is committed; its monitor guards everything */
    AttachmentTransactions(Map<BlobReference, StoredRow> rows) {
        this.rows = rows;
    }

    @Override
    public <T extends @Nullable Object> T run(Callable<T> work) throws Exception {
        if (current.get() != null) {
            return work.call();
        }
        Transaction transaction = new Transaction();
        List<Runnable> due = transaction.afterRollback;
        current.set(transaction);
        try {
            T result = work.call();
            transaction.commit();
            due = transaction.afterCommit;
            return result;
        } finally {
            current.remove();
            transaction.release();
            due.forEach(AttachmentTransactions::runQuietly);
        }
    }

    @Override
    public void afterCommit(Runnable action) {
        Transaction transaction = current.get();
        if (transaction == null) {
            action.run();
        } else {
            transaction.afterCommit.add(action);
        }
    }

    @Override
    public void afterRollback(Runnable action) {
        Transaction transaction = current.get();
        if (transaction != null) {
            transaction.afterRollback.add(action);
        }
    }

    private static void runQuietly(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.warn("An action failed after its transaction had ended", e);
        }
    }

    /** Runs work in the transaction of the thread, or in one of its own. */
    <T> T run(Function<Transaction, T> work) {
        Transaction joined = current.get();
        if (joined != null) {
            return work.apply(joined);
        }
        Transaction transaction = new Transaction();
        try {
            T result = work.apply(transaction);
            transaction.commit();
            return result;
        } finally {
            transaction.release();
        }
    }

    /** Whether a transaction has changed this row and not ended. To be called with the monitor. */
    boolean isLocked(BlobReference blob) {
        return rowLocks.containsKey(blob);
    }

    /** Used by one thread. */
    final class Transaction {

        private final Map<BlobReference, StoredRow> changed = new LinkedHashMap<>();
        private final List<Runnable> afterCommit = new ArrayList<>();
        private final List<Runnable> afterRollback = new ArrayList<>();

        /** Waits until no other transaction has the record. */
        void lock(Owner owner) {
            long start = System.nanoTime();
            synchronized (rows) {
                while (ownerLocks.getOrDefault(owner, this) != this) {
                    long waited = System.nanoTime() - start;
                    if (waited > MAX_WAIT_NANOS) {
                        throw new AttachmentConflictException(owner + ": waited too long for another change", null);
                    }
                    waitFor(MAX_WAIT_NANOS - waited);
                }
                ownerLocks.put(owner, this);
            }
        }

        private void waitFor(long nanos) {
            try {
                rows.wait(nanos / 1_000_000 + 1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AttachmentConflictException("interrupted while waiting for another change", e);
            }
        }

        /** The rows as this transaction sees them. To be called with the monitor. */
        Stream<Entry<BlobReference, StoredRow>> rows() {
            Map<BlobReference, StoredRow> seen = new LinkedHashMap<>(rows);
            seen.putAll(changed);
            return seen.entrySet().stream();
        }

        @Nullable
        StoredRow row(BlobReference blob) {
            StoredRow mine = changed.get(blob);
            return mine != null ? mine : rows.get(blob);
        }

        boolean isLockedByAnother(BlobReference blob) {
            return rowLocks.getOrDefault(blob, this) != this;
        }

        void put(BlobReference blob, StoredRow row) {
            rowLocks.put(blob, this);
            changed.put(blob, row);
        }

        private void commit() {
            synchronized (rows) {
                rows.putAll(changed);
            }
        }

        private void release() {
            synchronized (rows) {
                Set<Object> mine = new HashSet<>(Set.of(this));
                ownerLocks.values().removeAll(mine);
                rowLocks.values().removeAll(mine);
                rows.notifyAll();
            }
        }
    }
}
