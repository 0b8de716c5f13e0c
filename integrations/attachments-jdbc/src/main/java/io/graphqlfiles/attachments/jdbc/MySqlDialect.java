package io.graphqlfiles.attachments.jdbc;

import io.graphqlfiles.spi.attachment.IdSpelling;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** MySQL 8.0.17 and MariaDB 10.6, or newer. */
final class MySqlDialect extends Dialect {

    private static final int MAX_TEXTS = 10_000;
    private static final DateTimeFormatter DATE_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

    MySqlDialect(String name) {
        super(name);
    }

    /**
     * Under REPEATABLE READ, the default here, a plain query sees the past as it was when the transaction first read,
     * and a query that locks sees the present but locks the gaps between rows as well. Then two transactions that give
     * two new records their first files, next to each other in the index, each lock the gap that the other one is about
     * to insert into: a deadlock, out of nothing. So a query that locks is used only where the past is not the present,
     * which is rare, and which the counter of the record shows: it begins anywhere, and goes up by one.
     */
    @Override
    boolean lockOwner(SqlSession session, String ownerType, String ownerId) throws SQLException {
        Long seen = changes(session, ownerType, ownerId);
        long beginning = ThreadLocalRandom.current().nextLong(Long.MAX_VALUE / 2);
        session.update(
                "INSERT INTO " + session.ownerTable()
                        + " (owner_type, owner_id, id_fingerprint, changes) VALUES (?, ?, ?, ?)"
                        + " ON DUPLICATE KEY UPDATE changes = changes + 1",
                statement -> {
                    statement.setString(1, ownerType);
                    statement.setString(2, ownerId);
                    statement.setString(3, IdSpelling.fingerprint(ownerId));
                    statement.setLong(4, beginning);
                });
        return Objects.equals(changes(session, ownerType, ownerId), seen == null ? beginning : seen + 1);
    }

    private static @Nullable Long changes(SqlSession session, String ownerType, String ownerId) throws SQLException {
        List<Long> changes = session.query(
                "SELECT changes FROM " + session.ownerTable() + " WHERE owner_type = ? AND owner_id = ?",
                statement -> {
                    statement.setString(1, ownerType);
                    statement.setString(2, ownerId);
                },
                row -> row.getLong(1));
        return changes.isEmpty() ? null : changes.get(0);
    }

    @Override
    int maxTexts() {
        return MAX_TEXTS;
    }

    @Override
    String anyOf(List<String> texts) {
        return "IN (" + String.join(", ", Collections.nCopies(parameters(texts), "?")) + ")";
    }

    /** Numbers of parameters are powers of two, so that there are few statements to prepare and to keep. */
    private static int parameters(List<String> texts) {
        int highest = Integer.highestOneBit(texts.size());
        return highest == texts.size() ? highest : highest << 1;
    }

    @Override
    int setTexts(PreparedStatement statement, int index, List<String> texts) throws SQLException {
        int parameters = parameters(texts);
        for (int i = 0; i < parameters; i++) {
            statement.setString(index + i, texts.get(Math.min(i, texts.size() - 1)));
        }
        return index + parameters;
    }

    /**
     * DATETIME knows no zone; TIMESTAMP would be converted, and ends in 2038. Times go both ways as text, because
     * drivers take even a {@code LocalDateTime} through the zone of the JVM and lose the hour that is not there in
     * spring.
     */
    @Override
    void setTime(PreparedStatement statement, int index, Instant time) throws SQLException {
        statement.setString(index, DATE_TIME.format(LocalDateTime.ofInstant(SqlSession.stored(time), ZoneOffset.UTC)));
    }

    @Override
    int timeType() {
        return Types.VARCHAR;
    }

    @Override
    String readable(String time) {
        return "CAST(" + time + " AS CHAR)";
    }

    @Override
    @Nullable
    Instant time(ResultSet row, int column) throws SQLException {
        String time = row.getString(column);
        return time == null ? null : LocalDateTime.parse(time.replace(' ', 'T')).toInstant(ZoneOffset.UTC);
    }
}
