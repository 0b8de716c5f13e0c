package io.graphqlfiles.attachments.jdbc;

import static java.util.Objects.requireNonNull;

import io.graphqlfiles.spi.BlobReference;
import io.graphqlfiles.spi.attachment.AttachedFile;
import io.graphqlfiles.spi.attachment.AttachmentChange;
import io.graphqlfiles.spi.attachment.AttachmentEdit;
import io.graphqlfiles.spi.attachment.AttachmentRow;
import io.graphqlfiles.spi.attachment.AttachmentRow.State;
import io.graphqlfiles.spi.attachment.AttachmentStatistics;
import io.graphqlfiles.spi.attachment.AttachmentStore;
import io.graphqlfiles.spi.attachment.AttachmentStoreException;
import io.graphqlfiles.spi.attachment.IdSpelling;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Keeps attachments in three tables of the application's database: PostgreSQL 12, H2 2.2, MySQL 8.0.17, MariaDB 10.6,
 * or newer.
 *
 * <pre>{@code
 * JdbcUnitOfWork work = JdbcUnitOfWork.of(dataSource);
 * JdbcAttachmentStore attachments = JdbcAttachmentStore.newJdbcAttachmentStore(dataSource)
 *         .currentTransaction(work)
 *         .build();
 * attachments.createTables(); // or by Flyway or Liquibase, see there
 * }</pre>
 *
 * <p><b>Transactions.</b> Where the caller is in a transaction, {@link #change}, {@link #discardAll}, {@link #find} and
 * {@link #kept} work in it, upon its connection. Every isolation level will do; under REPEATABLE READ and SERIALIZABLE
 * a change fails with an {@link io.graphqlfiles.spi.attachment.AttachmentConflictException} where it would be wrong to
 * go on, and on PostgreSQL also if the transaction read anything before the new files were announced, which it then
 * cannot see. After a failure a change is undone to a savepoint, so that the transaction of the caller can go on; but
 * not after a deadlock on MySQL and MariaDB, which undo all of it: there an exception must end the transaction.
 *
 * <p>Everything else is committed on its own. It takes a connection from the {@link DataSource} and gives it back
 * before it returns, unless the thread is in no transaction and holds one ({@link CurrentTransaction#heldConnection}):
 * then it works upon that. So a thread needs a second connection only for what it does in a transaction of its own and
 * must be apart from it: announcing a file that is stored, which {@link #announce} says. The store sets no time limits:
 * those of the {@link DataSource} and the database hold.
 *
 * <p><b>What can be stored.</b> Owner ids without the character 0 and without halves of surrogate pairs; other ids have
 * no files.
 *
 * <p>Thread-safe. All methods block on the database, and throw {@link AttachmentStoreException} when it fails.
 */
public final class JdbcAttachmentStore implements AttachmentStore {

    private static final int MAX_PAGE = 1000;

    private final Transactions transactions;

    private JdbcAttachmentStore(Builder builder) {
        this.transactions = new Transactions(builder.dataSource, builder.currentTransaction, builder.tablePrefix);
    }

    /**
     * Starts a store.
     *
     * @param dataSource gives connections of the application's database that are in no transaction of the application:
     *     a pool, and not a proxy that gives the transaction's
     */
    public static Builder newJdbcAttachmentStore(DataSource dataSource) {
        return new Builder(dataSource);
    }

    /**
     * Makes the tables and indexes that are missing, and touches nothing that is there. Can be repeated, and called by
     * several processes at once. Needs the right to create tables unless they are there, and commits on its own.
     *
     * <p>What it runs are the files {@code io/graphqlfiles/attachments/jdbc/<dialect>/R__*.sql} on the class path, with
     * {@code postgresql}, {@code h2}, {@code mysql} or {@code mariadb}. Flyway runs them from there as repeatable
     * migrations, which have no version that could be taken; for Liquibase {@code changelog.xml} next to these folders
     * includes them.
     *
     * @throws AttachmentStoreException if the database fails
     */
    public void createTables() {
        try {
            requireTables();
            return;
        } catch (AttachmentStoreException e) {
            // They are not there; or the database fails, and will say so again.
        }
        createTables(TableScript.ATTACHMENTS);
    }

    void createTables(List<String> files) {
        transactions.runOnOwn("createTables", session -> {
            session.dialect().beginTables(session.connection());
            try (Statement statement = session.connection().createStatement()) {
                for (String sql :
                        TableScript.statements(files, session.dialect().name(), session.tablePrefix())) {
                    statement.execute(sql);
                }
            }
            return true;
        });
    }

    Transactions transactions() {
        return transactions;
    }

    /**
     * Looks whether the tables are there, as this version needs them.
     *
     * @throws AttachmentStoreException if they are not, or the database fails
     */
    public void requireTables() {
        rows(List.of(new BlobReference("none", "none")));
        transactions.readOnOwn("requireTables", session -> new AttachmentRows(session).owners("none", List.of("none")));
        storeIdentity("none", null);
    }

    @Override
    public void announce(Collection<BlobReference> blobs, Instant now) {
        requireNonNull(now, "now");
        if (!blobs.isEmpty()) {
            transactions.runOnOwn("announce", session -> {
                new AttachmentRows(session).insertAnnounced(blobs, now);
                return true;
            });
        }
    }

    @Override
    public Set<BlobReference> discard(Collection<BlobReference> blobs, Instant dueAt) {
        requireNonNull(dueAt, "dueAt");
        return blobs.isEmpty()
                ? Set.of()
                : transactions.runOnOwn("discard", session -> {
                    AttachmentRows rows = new AttachmentRows(session);
                    Set<BlobReference> announced = new HashSet<>();
                    Set<BlobReference> unreferenced = new HashSet<>();
                    for (AttachmentRow row : rows.lockFree(blobs)) {
                        if (row.state() == State.ANNOUNCED) {
                            announced.add(row.blob());
                        }
                        if (row.state() == State.ANNOUNCED || row.state() == State.DISCARDED) {
                            unreferenced.add(row.blob());
                        }
                    }
                    rows.discard(announced, dueAt);
                    Set<BlobReference> others = new HashSet<>(blobs);
                    others.removeAll(unreferenced);
                    Set<BlobReference> withoutRow = new HashSet<>(others);
                    rows.rows(others).forEach(row -> withoutRow.remove(row.blob()));
                    unreferenced.addAll(withoutRow);
                    return unreferenced;
                });
    }

    @Override
    public List<AttachmentChange> change(List<AttachmentEdit> edits, Instant dueAt) {
        SlotChanges changes = new SlotChanges(edits, dueAt);
        return edits.isEmpty() ? List.of() : transactions.join("change", changes::make);
    }

    @Override
    public List<BlobReference> discardAll(String ownerType, String ownerId, Instant dueAt, boolean keeps) {
        requireNonNull(ownerType, "ownerType");
        requireNonNull(dueAt, "dueAt");
        if (!StoredText.isStorable(ownerId)) {
            return List.of();
        }
        return transactions.join("discardAll", session -> {
            AttachmentRows rows = new AttachmentRows(session);
            boolean plain = session.dialect().lockOwner(session, ownerType, ownerId);
            List<BlobReference> blobs = rows.blobsOf(ownerType, ownerId, !plain);
            if (keeps) {
                rows.keep(blobs, dueAt);
            } else {
                rows.discard(blobs, dueAt);
            }
            session.update(
                    "DELETE FROM " + session.ownerTable() + " WHERE owner_type = ? AND owner_id = ?", statement -> {
                        statement.setString(1, ownerType);
                        statement.setString(2, ownerId);
                    });
            return blobs;
        });
    }

    @Override
    public List<AttachmentStore.Kept> kept(String ownerType, String ownerId) {
        requireNonNull(ownerType, "ownerType");
        return StoredText.isStorable(ownerId)
                ? transactions.read("kept", session -> new AttachmentRows(session).kept(ownerType, ownerId))
                : List.of();
    }

    @Override
    public Map<String, List<AttachedFile>> find(String ownerType, String field, Collection<String> ownerIds) {
        requireNonNull(ownerType, "ownerType");
        requireNonNull(field, "field");
        List<String> storable = ownerIds.stream().filter(StoredText::isStorable).toList();
        if (storable.isEmpty()) {
            return Map.of();
        }
        return transactions.read("find", session -> {
            AttachmentRows rows = new AttachmentRows(session);
            Map<String, List<AttachedFile>> found = new LinkedHashMap<>();
            for (List<String> part : rows.distinctParts(storable)) {
                rows.files(ownerType, field, part)
                        .forEach(row -> found.computeIfAbsent(row.ownerId(), id -> new ArrayList<>())
                                .add(row.file()));
            }
            return found;
        });
    }

    @Override
    public Set<String> similarOwners(String ownerType, Collection<String> ownerIds) {
        requireNonNull(ownerType, "ownerType");
        List<String> fingerprints =
                ownerIds.stream().map(IdSpelling::fingerprint).toList();
        return fingerprints.isEmpty()
                ? Set.of()
                : transactions.read("similarOwners", session -> {
                    AttachmentRows rows = new AttachmentRows(session);
                    Set<String> owners = new HashSet<>();
                    for (List<String> part : rows.distinctParts(fingerprints)) {
                        owners.addAll(rows.owners(ownerType, part));
                    }
                    return owners;
                });
    }

    @Override
    public int discardUnattached(Instant announcedBefore, int limit, Instant dueAt) {
        requireNonNull(announcedBefore, "announcedBefore");
        requireNonNull(dueAt, "dueAt");
        requireLimit(limit, Integer.MAX_VALUE);
        return transactions.runOnOwn("discardUnattached", session -> {
            AttachmentRows rows = new AttachmentRows(session);
            List<BlobReference> old = rows.lockAnnouncedBefore(announcedBefore, limit);
            rows.discard(old, dueAt);
            return old.size();
        });
    }

    @Override
    public List<BlobReference> leaseDiscarded(Instant now, Instant leaseEnd, int limit) {
        requireLimit(limit, Integer.MAX_VALUE);
        if (!leaseEnd.isAfter(now)) {
            throw new IllegalArgumentException("leaseEnd: expected after " + now + ", found " + leaseEnd);
        }
        return transactions.runOnOwn("leaseDiscarded", session -> {
            AttachmentRows rows = new AttachmentRows(session);
            List<BlobReference> due = rows.lockDue(now, limit);
            rows.lease(due, leaseEnd);
            return due;
        });
    }

    @Override
    public List<AttachmentRow> leaseAttached(Instant now, Instant leaseEnd, int limit) {
        requireLimit(limit, Integer.MAX_VALUE);
        if (!leaseEnd.isAfter(now)) {
            throw new IllegalArgumentException("leaseEnd: expected after " + now + ", found " + leaseEnd);
        }
        return transactions.runOnOwn("leaseAttached", session -> {
            AttachmentRows rows = new AttachmentRows(session);
            List<AttachmentRow> due = rows.lockDueAttached(now, limit);
            rows.setDue(due.stream().map(AttachmentRow::blob).toList(), leaseEnd);
            return due;
        });
    }

    @Override
    public void forget(Collection<BlobReference> blobs) {
        if (!blobs.isEmpty()) {
            transactions.runOnOwn("forget", session -> {
                AttachmentRows rows = new AttachmentRows(session);
                rows.delete(rows.lockFree(blobs).stream()
                        .filter(row -> row.state() == State.DISCARDED)
                        .map(AttachmentRow::blob)
                        .toList());
                return true;
            });
        }
    }

    @Override
    public List<AttachmentRow> rows(Collection<BlobReference> blobs) {
        if (blobs.size() > MAX_PAGE) {
            throw new IllegalArgumentException("blobs: expected up to " + MAX_PAGE + ", found " + blobs.size());
        }
        return blobs.isEmpty()
                ? List.of()
                : transactions.readOnOwn("rows", session -> new AttachmentRows(session).rows(blobs));
    }

    @Override
    public AttachmentStore.Page list(State state, @Nullable String cursor, int limit) {
        requireNonNull(state, "state");
        requireLimit(limit, MAX_PAGE);
        BlobReference after = cursor == null ? null : PageCursor.parse(cursor);
        return transactions.readOnOwn("list", session -> {
            List<AttachmentRow> page = new AttachmentRows(session).page(state, after, limit);
            boolean last = page.size() < limit;
            return new AttachmentStore.Page(
                    page, last ? null : PageCursor.of(page.get(limit - 1).blob()));
        });
    }

    @Override
    public AttachmentStatistics.Backlog backlog() {
        return transactions.readOnOwn("backlog", session -> new AttachmentRows(session).backlog());
    }

    @Override
    public AttachmentStatistics statistics() {
        return transactions.readOnOwn("statistics", session -> {
            AttachmentRows rows = new AttachmentRows(session);
            return new AttachmentStatistics(rows.attached(), rows.backlog());
        });
    }

    @Override
    public @Nullable String storeIdentity(String store, @Nullable String ifNone) {
        String kept = keptIdentity(store);
        if (kept != null || ifNone == null) {
            return kept;
        }
        try {
            transactions.runOnOwn(
                    "storeIdentity",
                    session -> session.update(
                            "INSERT INTO " + session.storeTable() + " (blob_store, store_identity) VALUES (?, ?)",
                            statement -> {
                                statement.setString(1, store);
                                statement.setString(2, ifNone);
                            }));
        } catch (AttachmentStoreException e) {
            if (!(e.getCause() instanceof SQLException failure && SqlFailures.isDuplicate(failure))) {
                throw e;
            }
            // Another process came first.
        }
        return keptIdentity(store);
    }

    private @Nullable String keptIdentity(String store) {
        List<String> kept = transactions.readOnOwn(
                "storeIdentity",
                session -> session.query(
                        "SELECT store_identity FROM " + session.storeTable() + " WHERE blob_store = ?",
                        statement -> statement.setString(1, store),
                        row -> row.getString(1)));
        return kept.isEmpty() ? null : kept.get(0);
    }

    private static void requireLimit(int limit, int max) {
        if (limit < 1 || limit > max) {
            throw new IllegalArgumentException("limit: expected 1 to " + max + ", found " + limit);
        }
    }

    /** Builds a {@link JdbcAttachmentStore}. Not thread-safe. */
    public static final class Builder {

        private final DataSource dataSource;
        private CurrentTransaction currentTransaction = () -> null;
        private Supplier<String> tablePrefix = () -> "";

        private Builder(DataSource dataSource) {
            this.dataSource = requireNonNull(dataSource, "dataSource");
        }

        /**
         * Returns which transaction the calling thread is in. Default: none, so that every change of attachments is
         * committed on its own, whatever becomes of the record.
         */
        public Builder currentTransaction(CurrentTransaction currentTransaction) {
            this.currentTransaction = requireNonNull(currentTransaction, "currentTransaction");
            return this;
        }

        /**
         * The schema with the tables, which must exist. Default: where the database looks for a table without one, for
         * example along PostgreSQL's {@code search_path}.
         *
         * @param schema 1 to 63 of {@code [A-Za-z0-9_]}, not a digit first; written into statements without quotes
         * @throws IllegalArgumentException if it is anything else
         */
        public Builder schema(String schema) {
            String prefix = StoredText.requireSchema(schema) + ".";
            this.tablePrefix = () -> prefix;
            return this;
        }

        /**
         * The schema with the tables of whoever the calling thread works for, where each tenant has its own in one
         * database. Asked in every call; a schema that is none fails the call.
         *
         * @see #schema(String)
         */
        public Builder schema(Supplier<String> schema) {
            this.tablePrefix = () -> StoredText.requireSchema(schema.get()) + ".";
            return this;
        }

        /** Builds the store. Takes no connection yet. */
        public JdbcAttachmentStore build() {
            return new JdbcAttachmentStore(this);
        }
    }
}
