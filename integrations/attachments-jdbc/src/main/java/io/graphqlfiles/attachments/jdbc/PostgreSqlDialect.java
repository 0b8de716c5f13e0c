package io.graphqlfiles.attachments.jdbc;

import io.graphqlfiles.spi.attachment.IdSpelling;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** PostgreSQL 12 or newer. */
final class PostgreSqlDialect extends ArrayDialect {

    PostgreSqlDialect() {
        super("postgresql");
    }

    /** Even {@code IF NOT EXISTS} fails when two processes make the same table at once. */
    @Override
    void beginTables(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // Any number will do, as long as nobody else takes it: "gqlfiles" in ASCII.
            statement.execute("SELECT pg_advisory_xact_lock(" + 0x67716c66696c6573L + ")");
        }
    }

    /**
     * The row is changed, not only locked: so a transaction under REPEATABLE READ or SERIALIZABLE that began before
     * fails here, rather than go on with the past that it sees. That of others is found when their rows are locked.
     */
    @Override
    boolean lockOwner(SqlSession session, String ownerType, String ownerId) throws SQLException {
        String owners = session.ownerTable();
        session.update(
                "INSERT INTO " + owners + " (owner_type, owner_id, id_fingerprint, changes) VALUES (?, ?, ?, 1)"
                        + " ON CONFLICT (owner_type, owner_id) DO UPDATE SET changes = " + owners + ".changes + 1",
                statement -> {
                    statement.setString(1, ownerType);
                    statement.setString(2, ownerId);
                    statement.setString(3, IdSpelling.fingerprint(ownerId));
                });
        return false;
    }
}
