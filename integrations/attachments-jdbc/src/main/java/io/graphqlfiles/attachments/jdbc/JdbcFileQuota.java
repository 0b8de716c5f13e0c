package io.graphqlfiles.attachments.jdbc;

import static java.util.Objects.requireNonNull;

import io.graphqlfiles.FileCandidate;
import io.graphqlfiles.FileErrorCode;
import io.graphqlfiles.FileException;
import io.graphqlfiles.FileField;
import io.graphqlfiles.FileValidator;
import io.graphqlfiles.spi.BlobReference;
import io.graphqlfiles.spi.attachment.AttachmentStoreException;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how many bytes and files each user, team or customer may have in attached fields. A check like any other:
 * given to {@link io.graphqlfiles.engine.GraphQLFiles.Builder#validator}, or to the rules of some fields.
 *
 * <p>What somebody has is never counted up and down, but summed over the rows of the files: those that are attached,
 * and those that are being stored. So it is right after every failure and crash. A file stops counting when its row is
 * discarded, in the transaction that deletes or replaces it; one that was stored by a process that died then counts for
 * a day at most, until the sweep discards it. Files that were stored before the quota was there count for nobody.
 *
 * <p>A file is checked once its bytes are in the store, in a transaction of its own that waits for others of the same
 * subject: of any number of uploads at once, on any number of nodes, no more are accepted than fit, to the byte. What
 * is refused is deleted. A file that replaces another needs room next to it.
 *
 * <p>Thread-safe; blocks on the database. A check is a few statements, one of which reads the rows of the subject.
 */
public final class JdbcFileQuota implements FileValidator {

    /** No type of a schema can have this name. */
    private static final String LOCK = "graphql-files.quota";

    private final JdbcAttachmentStore store;
    private final Supplier<@Nullable String> subject;
    private final Function<String, Amount> limit;

    /**
     * How much somebody has, or may have.
     *
     * @param bytes together; 0 or more
     * @param files how many; 0 or more
     */
    public record Amount(long bytes, long files) {

        /** @throws IllegalArgumentException if one of them is negative */
        public Amount {
            if (bytes < 0 || files < 0) {
                throw new IllegalArgumentException(
                        "amount: expected 0 or more bytes and files, found " + bytes + " and " + files);
            }
        }
    }

    private JdbcFileQuota(
            JdbcAttachmentStore store, Supplier<@Nullable String> subject, Function<String, Amount> limit) {
        this.store = store;
        this.subject = subject;
        this.limit = limit;
    }

    /**
     * Returns a quota.
     *
     * @param store keeps the files' rows, and the quota's next to them
     * @param subject whom a file counts for, 1 to 255 characters: is asked while it is stored, with the context that
     *     {@link io.graphqlfiles.engine.GraphQLFiles.Builder#threadContext} carries; null for nobody
     * @param limit how much a subject may have; asked for each file, so it should not block for long
     */
    public static JdbcFileQuota of(
            JdbcAttachmentStore store, Supplier<@Nullable String> subject, Function<String, Amount> limit) {
        return new JdbcFileQuota(
                requireNonNull(store, "store"), requireNonNull(subject, "subject"), requireNonNull(limit, "limit"));
    }

    /**
     * Makes the table, unless it is there, as {@link JdbcAttachmentStore#createTables} does and after it.
     *
     * @throws AttachmentStoreException if the database fails
     */
    public void createTables() {
        try {
            used("");
        } catch (AttachmentStoreException e) {
            // It is not there; or the database fails, and will say so again.
            store.createTables(TableScript.QUOTA);
        }
    }

    /**
     * Makes sure that all of these fields are attached: files of others have no rows to count. To be called once the
     * schema is there; the starter does.
     *
     * @throws IllegalStateException if one is not
     */
    public void requireAttached(Collection<FileField> fields) {
        List<String> others = fields.stream()
                .filter(field -> !field.isAttached())
                .map(FileField::coordinate)
                .toList();
        if (!others.isEmpty()) {
            throw new IllegalStateException("quota: expected attached fields, found " + others
                    + "; give the quota to the rules of the attached ones alone");
        }
    }

    /**
     * Returns how much somebody has now, files that are being stored included.
     *
     * @throws AttachmentStoreException if the database fails
     */
    public Amount used(String subject) {
        return store.transactions().readOnOwn("quota", session -> used(session, subject));
    }

    /**
     * Counts a file, or refuses it.
     *
     * @throws FileException with {@link FileErrorCode#FILE_QUOTA_EXCEEDED}, and in its details {@code maxByteSize} and
     *     {@code maxCount}, what the subject may have, and {@code byteSize} and {@code count}, what it would have
     * @throws IllegalStateException if its field is not attached
     * @throws AttachmentStoreException if the database fails
     */
    @Override
    public void validate(FileCandidate candidate) {
        requireAttached(List.of(candidate.field()));
        String counted = subject.get();
        if (counted == null) {
            return;
        }
        if (counted.isEmpty() || counted.length() > 255 || !StoredText.isStorable(counted)) {
            throw new IllegalStateException("quota: expected a subject of 1 to 255 characters, found another");
        }
        Amount most = limit.apply(counted);
        Amount would = store.transactions().runOnOwn("quota", session -> {
            // Until the end of this transaction, so that what is read is right when it is acted upon.
            session.dialect().lockOwner(session, LOCK, counted);
            Amount used = used(session, counted);
            Amount next = new Amount(Math.addExact(used.bytes(), candidate.byteSize()), used.files() + 1);
            if (fits(next, most)) {
                insert(session, candidate.blob(), counted, candidate.byteSize());
            }
            return next;
        });
        if (!fits(would, most)) {
            throw new FileException(
                            FileErrorCode.FILE_QUOTA_EXCEEDED,
                            "There is no room left for this file: delete others, or ask for more.")
                    .with("maxByteSize", most.bytes())
                    .with("maxCount", most.files())
                    .with("byteSize", would.bytes())
                    .with("count", would.files());
        }
    }

    private static boolean fits(Amount amount, Amount most) {
        return amount.bytes() <= most.bytes() && amount.files() <= most.files();
    }

    private static Amount used(SqlSession session, String subject) throws SQLException {
        return session.query(
                        "SELECT COALESCE(SUM(q.byte_size), 0), COUNT(*) FROM " + session.quotaTable() + " q JOIN "
                                + session.attachmentTable() + " a ON a.blob_store = q.blob_store"
                                + " AND a.blob_key = q.blob_key WHERE q.quota_subject = ? AND a.state <> 'DISCARDED'",
                        statement -> statement.setString(1, subject),
                        row -> new Amount(row.getLong(1), row.getLong(2)))
                .get(0);
    }

    private static void insert(SqlSession session, BlobReference blob, String subject, long byteSize)
            throws SQLException {
        session.update(
                "INSERT INTO " + session.quotaTable()
                        + " (blob_store, blob_key, quota_subject, byte_size) VALUES (?, ?, ?, ?)",
                statement -> {
                    statement.setString(1, blob.store());
                    statement.setString(2, blob.key());
                    statement.setString(3, subject);
                    statement.setLong(4, byteSize);
                });
    }
}
