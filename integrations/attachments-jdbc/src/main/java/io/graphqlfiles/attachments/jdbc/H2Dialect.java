package io.graphqlfiles.attachments.jdbc;

import io.graphqlfiles.spi.attachment.AttachmentConflictException;
import io.graphqlfiles.spi.attachment.IdSpelling;
import java.sql.Connection;
import java.sql.SQLException;

/** H2 2.2 or newer. */
final class H2Dialect extends ArrayDialect {

    private static final int ATTEMPTS = 10;

    H2Dialect() {
        super("h2");
    }

    /** H2 has READ COMMITTED unless set otherwise, and it can be set for the whole session only. */
    @Override
    void begin(Connection connection) {}

    /** Its MERGE fails when another one inserts the same row; a failed statement harms nothing else here. */
    @Override
    boolean lockOwner(SqlSession session, String ownerType, String ownerId) throws SQLException {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            int changed = session.update(
                    "UPDATE " + session.ownerTable() + " SET changes = changes + 1"
                            + " WHERE owner_type = ? AND owner_id = ?",
                    statement -> {
                        statement.setString(1, ownerType);
                        statement.setString(2, ownerId);
                    });
            if (changed == 1 || inserted(session, ownerType, ownerId)) {
                return false;
            }
        }
        throw new AttachmentConflictException("the record is changed by others all the time", null);
    }

    private static boolean inserted(SqlSession session, String ownerType, String ownerId) throws SQLException {
        try {
            session.update(
                    "INSERT INTO " + session.ownerTable()
                            + " (owner_type, owner_id, id_fingerprint, changes) VALUES (?, ?, ?, 1)",
                    statement -> {
                        statement.setString(1, ownerType);
                        statement.setString(2, ownerId);
                        statement.setString(3, IdSpelling.fingerprint(ownerId));
                    });
            return true;
        } catch (SQLException e) {
            if (SqlFailures.isDuplicate(e)) {
                return false;
            }
            throw e;
        }
    }
}
