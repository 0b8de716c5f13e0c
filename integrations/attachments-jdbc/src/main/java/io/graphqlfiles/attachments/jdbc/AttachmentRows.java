package io.graphqlfiles.attachments.jdbc;

import static java.util.Objects.requireNonNull;

import io.graphqlfiles.spi.BlobReference;
import io.graphqlfiles.spi.attachment.AttachedFile;
import io.graphqlfiles.spi.attachment.AttachmentRow;
import io.graphqlfiles.spi.attachment.AttachmentRow.State;
import io.graphqlfiles.spi.attachment.AttachmentSlot;
import io.graphqlfiles.spi.attachment.AttachmentStatistics;
import io.graphqlfiles.spi.attachment.AttachmentStore;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The statements upon the table of attachments. For one call and thread. */
final class AttachmentRows {

    private static final String BLOB = "blob_store, blob_key";
    private static final String NO_OWNER =
            "owner_type = NULL, owner_id = NULL, field_name = NULL, list_position = NULL, file_json = NULL";
    /** A kept row is a discarded one that still says where it was: so tables need no other state for it. */
    private static final String KEPT = "state = 'DISCARDED' AND owner_type IS NOT NULL";
    /** Rows that somebody works on are somebody's: nobody waits for them. */
    private static final String FREE_ONLY = " FOR UPDATE SKIP LOCKED";

    private final SqlSession session;
    private final Dialect dialect;
    private final String table;
    private final String row;
    private final String file;

    AttachmentRows(SqlSession session) {
        this.session = session;
        this.dialect = session.dialect();
        this.table = session.attachmentTable();
        this.row = BLOB + ", state, " + dialect.readable("announced_at") + ", " + dialect.readable("due_at")
                + ", owner_type, owner_id, field_name";
        this.file = BLOB + ", file_json, " + dialect.readable("due_at");
    }

    /** A file in the list of a record's field. */
    record FileOfOwner(String ownerId, AttachedFile file) {}

    void insertAnnounced(Collection<BlobReference> blobs, Instant now) throws SQLException {
        String sql = "INSERT INTO " + table + " (" + BLOB + ", state, announced_at) VALUES (?, ?, 'ANNOUNCED', ?)";
        try (PreparedStatement statement = session.connection().prepareStatement(sql)) {
            for (BlobReference blob : blobs) {
                statement.setString(1, blob.store());
                statement.setString(2, blob.key());
                dialect.setTime(statement, 3, now);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** Locks those of the rows that nobody works on. */
    List<AttachmentRow> lockFree(Collection<BlobReference> blobs) throws SQLException {
        return queryByBlob("SELECT " + row + " FROM " + table, FREE_ONLY, blobs);
    }

    List<AttachmentRow> rows(Collection<BlobReference> blobs) throws SQLException {
        return queryByBlob("SELECT " + row + " FROM " + table, "", blobs);
    }

    List<BlobReference> lockAnnouncedBefore(Instant before, int limit) throws SQLException {
        return session.query(
                "SELECT " + BLOB + " FROM " + table + " WHERE state = 'ANNOUNCED' AND announced_at < ?"
                        + " ORDER BY announced_at LIMIT ?" + FREE_ONLY,
                statement -> {
                    dialect.setTime(statement, 1, before);
                    statement.setInt(2, limit);
                },
                AttachmentRows::blob);
    }

    List<BlobReference> lockDue(Instant now, int limit) throws SQLException {
        return session.query(
                "SELECT " + BLOB + " FROM " + table + " WHERE state = 'DISCARDED' AND due_at <= ?"
                        + " AND (leased_until IS NULL OR leased_until <= ?) ORDER BY due_at LIMIT ?" + FREE_ONLY,
                statement -> {
                    dialect.setTime(statement, 1, now);
                    dialect.setTime(statement, 2, now);
                    statement.setInt(3, limit);
                },
                AttachmentRows::blob);
    }

    List<AttachmentRow> lockDueAttached(Instant now, int limit) throws SQLException {
        return session.query(
                "SELECT " + row + " FROM " + table + " WHERE state = 'ATTACHED' AND due_at <= ? ORDER BY due_at LIMIT ?"
                        + FREE_ONLY,
                statement -> {
                    dialect.setTime(statement, 1, now);
                    statement.setInt(2, limit);
                },
                this::row);
    }

    void setDue(Collection<BlobReference> blobs, Instant dueAt) throws SQLException {
        updateByBlob("UPDATE " + table + " SET due_at = ?", blobs, statement -> {
            dialect.setTime(statement, 1, dueAt);
            return 2;
        });
    }

    /** What was kept until now can no longer be restored. */
    void lease(Collection<BlobReference> blobs, Instant leaseEnd) throws SQLException {
        updateByBlob("UPDATE " + table + " SET " + NO_OWNER + ", leased_until = ?", blobs, statement -> {
            dialect.setTime(statement, 1, leaseEnd);
            return 2;
        });
    }

    void discard(Collection<BlobReference> blobs, Instant dueAt) throws SQLException {
        discard(", " + NO_OWNER, blobs, dueAt);
    }

    /** Discards attached blobs in such a way that they can be attached again until they are given out for deletion. */
    void keep(Collection<BlobReference> blobs, Instant dueAt) throws SQLException {
        discard("", blobs, dueAt);
    }

    private void discard(String more, Collection<BlobReference> blobs, Instant dueAt) throws SQLException {
        String sql = "UPDATE " + table + " SET state = 'DISCARDED'" + more + ", due_at = ?";
        updateByBlob(sql, blobs, statement -> {
            dialect.setTime(statement, 1, dueAt);
            return 2;
        });
    }

    void delete(Collection<BlobReference> blobs) throws SQLException {
        updateByBlob("DELETE FROM " + table, blobs, statement -> 1);
    }

    /** Attaches a blob, and returns whether it was announced, or kept since it was attached here, and could be. */
    boolean attach(AttachmentSlot slot, int position, AttachedFile file) throws SQLException {
        String sql = "UPDATE " + table + " SET state = 'ATTACHED', owner_type = ?, owner_id = ?, field_name = ?,"
                + " list_position = ?, file_json = ?, due_at = ? WHERE blob_store = ? AND blob_key = ?"
                + " AND (state = 'ANNOUNCED' OR (" + KEPT + " AND owner_type = ? AND owner_id = ? AND field_name = ?))";
        int changed = session.update(sql, statement -> {
            statement.setString(1, slot.ownerType());
            statement.setString(2, slot.ownerId());
            statement.setString(3, slot.field());
            statement.setInt(4, position);
            statement.setString(5, file.json());
            dialect.setTimeOrNull(statement, 6, file.dueAt());
            statement.setString(7, file.blob().store());
            statement.setString(8, file.blob().key());
            statement.setString(9, slot.ownerType());
            statement.setString(10, slot.ownerId());
            statement.setString(11, slot.field());
        });
        return changed == 1;
    }

    void move(int position, AttachedFile file) throws SQLException {
        String sql = "UPDATE " + table
                + " SET list_position = ?, file_json = ?, due_at = ? WHERE blob_store = ? AND blob_key = ?";
        session.update(sql, statement -> {
            statement.setInt(1, position);
            statement.setString(2, file.json());
            dialect.setTimeOrNull(statement, 3, file.dueAt());
            statement.setString(4, file.blob().store());
            statement.setString(5, file.blob().key());
        });
    }

    /**
     * The list of one slot.
     *
     * @param locking whether to lock the rows, and read them as they are at present
     */
    List<AttachedFile> files(AttachmentSlot slot, boolean locking) throws SQLException {
        return session.query(
                "SELECT " + file + " FROM " + table + " WHERE owner_type = ? AND owner_id = ?"
                        + " AND field_name = ? AND state = 'ATTACHED' ORDER BY list_position" + forUpdate(locking),
                statement -> {
                    statement.setString(1, slot.ownerType());
                    statement.setString(2, slot.ownerId());
                    statement.setString(3, slot.field());
                },
                this::file);
    }

    /**
     * The blobs of all fields of one record.
     *
     * @param locking whether to lock the rows, and read them as they are at present
     */
    List<BlobReference> blobsOf(String ownerType, String ownerId, boolean locking) throws SQLException {
        return session.query(
                "SELECT " + BLOB + " FROM " + table + " WHERE owner_type = ? AND owner_id = ? AND state = 'ATTACHED'"
                        + forUpdate(locking),
                statement -> {
                    statement.setString(1, ownerType);
                    statement.setString(2, ownerId);
                },
                AttachmentRows::blob);
    }

    /** The files of all fields of one record that are kept. */
    List<AttachmentStore.Kept> kept(String ownerType, String ownerId) throws SQLException {
        return session.query(
                "SELECT " + row + ", file_json FROM " + table + " WHERE owner_type = ? AND owner_id = ? AND " + KEPT
                        + " ORDER BY due_at DESC",
                statement -> {
                    statement.setString(1, ownerType);
                    statement.setString(2, ownerId);
                },
                result -> {
                    AttachmentRow kept = row(result);
                    return new AttachmentStore.Kept(
                            requireNonNull(kept.slot()),
                            new AttachedFile(kept.blob(), result.getString(9)),
                            requireNonNull(kept.time()));
                });
    }

    /** The records with files whose ids have these fingerprints. */
    List<String> owners(String ownerType, List<String> fingerprints) throws SQLException {
        String owners = session.ownerTable();
        return session.query(
                "SELECT o.owner_id FROM " + owners + " o WHERE o.owner_type = ? AND o.id_fingerprint "
                        + dialect.anyOf(fingerprints) + " AND EXISTS (SELECT 1 FROM " + table
                        + " a WHERE a.owner_type = o.owner_type AND a.owner_id = o.owner_id AND a.state = 'ATTACHED')",
                statement -> {
                    statement.setString(1, ownerType);
                    dialect.setTexts(statement, 2, fingerprints);
                },
                row -> row.getString(1));
    }

    /** The lists of all these records, each in its order. */
    List<FileOfOwner> files(String ownerType, String field, List<String> ownerIds) throws SQLException {
        return session.query(
                "SELECT " + file + ", owner_id FROM " + table + " WHERE owner_type = ? AND owner_id "
                        + dialect.anyOf(ownerIds)
                        + " AND field_name = ? AND state = 'ATTACHED' ORDER BY owner_id, list_position",
                statement -> {
                    statement.setString(1, ownerType);
                    int next = dialect.setTexts(statement, 2, ownerIds);
                    statement.setString(next, field);
                },
                row -> new FileOfOwner(row.getString(5), file(row)));
    }

    /** The rows in a state that come after a blob, in the order of store and key. */
    List<AttachmentRow> page(State state, @Nullable BlobReference after, int limit) throws SQLException {
        List<AttachmentRow> page = new ArrayList<>();
        String select = "SELECT " + row + " FROM " + table + " WHERE " + in(state) + " AND ";
        if (after != null) {
            // In two steps: no database reads (a, b) > (?, ?) from an index as well as all others do.
            page.addAll(session.query(
                    select + "blob_store = ? AND blob_key > ? ORDER BY blob_key LIMIT ?",
                    statement -> {
                        statement.setString(1, after.store());
                        statement.setString(2, after.key());
                        statement.setInt(3, limit);
                    },
                    this::row));
        }
        int missing = limit - page.size();
        if (missing > 0) {
            page.addAll(session.query(
                    select + "blob_store > ? ORDER BY blob_store, blob_key LIMIT ?",
                    statement -> {
                        statement.setString(1, after == null ? "" : after.store());
                        statement.setInt(2, missing);
                    },
                    this::row));
        }
        return page;
    }

    private static String in(State state) {
        return switch (state) {
            case ANNOUNCED, ATTACHED -> "state = '" + state.name() + "'";
            case KEPT -> KEPT;
            case DISCARDED -> "state = 'DISCARDED' AND owner_type IS NULL";
        };
    }

    /** Each from the index of its state: as much work as there are rows in it. */
    AttachmentStatistics.Backlog backlog() throws SQLException {
        Waiting announced = waiting("ANNOUNCED", "announced_at");
        Waiting discarded = waiting("DISCARDED", "due_at");
        return new AttachmentStatistics.Backlog(
                announced.count(),
                discarded.count() - discarded.kept(),
                discarded.kept(),
                announced.oldest(),
                discarded.oldest());
    }

    private record Waiting(long count, long kept, @Nullable Instant oldest) {}

    private Waiting waiting(String state, String time) throws SQLException {
        return session.query(
                        "SELECT COUNT(*), COUNT(owner_type), " + dialect.readable("MIN(" + time + ")") + " FROM "
                                + table + " WHERE state = '" + state + "'",
                        statement -> {},
                        row -> new Waiting(row.getLong(1), row.getLong(2), dialect.time(row, 3)))
                .get(0);
    }

    long attached() throws SQLException {
        return session.query(
                        "SELECT COUNT(*) FROM " + table + " WHERE state = 'ATTACHED'",
                        statement -> {},
                        row -> row.getLong(1))
                .get(0);
    }

    private static String forUpdate(boolean locking) {
        return locking ? " FOR UPDATE" : "";
    }

    private List<AttachmentRow> queryByBlob(String select, String end, Collection<BlobReference> blobs)
            throws SQLException {
        List<AttachmentRow> rows = new ArrayList<>();
        for (KeysOfStore keys : byStore(blobs)) {
            rows.addAll(session.query(
                    select + " WHERE blob_store = ? AND blob_key " + dialect.anyOf(keys.keys()) + end,
                    statement -> {
                        statement.setString(1, keys.store());
                        dialect.setTexts(statement, 2, keys.keys());
                    },
                    this::row));
        }
        return rows;
    }

    /** Sets the parameters before those that name the blobs, and returns the index of the next one. */
    private interface FirstParameters {
        int set(PreparedStatement statement) throws SQLException;
    }

    private void updateByBlob(String change, Collection<BlobReference> blobs, FirstParameters first)
            throws SQLException {
        for (KeysOfStore keys : byStore(blobs)) {
            session.update(change + " WHERE blob_store = ? AND blob_key " + dialect.anyOf(keys.keys()), statement -> {
                int index = first.set(statement);
                statement.setString(index, keys.store());
                dialect.setTexts(statement, index + 1, keys.keys());
            });
        }
    }

    private record KeysOfStore(String store, List<String> keys) {}

    /** In an order that is always the same, so that two calls do not wait for each other in a circle. */
    private List<KeysOfStore> byStore(Collection<BlobReference> blobs) {
        Map<String, TreeSet<String>> stores = new TreeMap<>();
        for (BlobReference blob : blobs) {
            stores.computeIfAbsent(blob.store(), store -> new TreeSet<>()).add(blob.key());
        }
        List<KeysOfStore> parts = new ArrayList<>();
        stores.forEach((store, keys) ->
                parts(List.copyOf(keys), dialect.maxTexts()).forEach(part -> parts.add(new KeysOfStore(store, part))));
        return parts;
    }

    /** The texts, each once, in parts that one statement takes. */
    List<List<String>> distinctParts(Collection<String> texts) {
        return parts(List.copyOf(new LinkedHashSet<>(texts)), dialect.maxTexts());
    }

    private static List<List<String>> parts(List<String> texts, int max) {
        List<List<String>> parts = new ArrayList<>();
        for (int start = 0; start < texts.size(); start += Math.min(max, texts.size() - start)) {
            parts.add(texts.subList(start, start + Math.min(max, texts.size() - start)));
        }
        return parts;
    }

    private static BlobReference blob(ResultSet row) throws SQLException {
        return new BlobReference(row.getString(1), row.getString(2));
    }

    private AttachedFile file(ResultSet row) throws SQLException {
        return new AttachedFile(blob(row), row.getString(3), dialect.time(row, 4));
    }

    private AttachmentRow row(ResultSet row) throws SQLException {
        State state = State.valueOf(row.getString(3));
        if (state == State.DISCARDED && row.getString(6) != null) {
            return new AttachmentRow(blob(row), State.KEPT, dialect.time(row, 5), slot(row));
        }
        return switch (state) {
            case ANNOUNCED -> new AttachmentRow(blob(row), state, dialect.time(row, 4), null);
            case DISCARDED, KEPT -> new AttachmentRow(blob(row), state, dialect.time(row, 5), null);
            case ATTACHED -> new AttachmentRow(blob(row), state, null, slot(row));
        };
    }

    private static AttachmentSlot slot(ResultSet row) throws SQLException {
        return new AttachmentSlot(
                requireNonNull(row.getString(6)), requireNonNull(row.getString(7)), requireNonNull(row.getString(8)));
    }
}
