package io.graphqlfiles.attachments.jdbc;

import io.graphqlfiles.spi.attachment.AttachmentConflictException;
import io.graphqlfiles.spi.attachment.AttachmentStoreException;
import java.sql.SQLException;
import java.util.Set;

/**
 * Says in the words of the SPI what went wrong in the database.
 *
 * <table>
 *   <caption>What becomes what</caption>
 *   <tr><th>SQLState</th><th>vendor code</th><th>is</th></tr>
 *   <tr><td>40xxx but 40003</td><td></td><td>serialisation failure or deadlock: a conflict</td></tr>
 *   <tr><td>55P03</td><td></td><td>PostgreSQL's lock timeout: a conflict</td></tr>
 *   <tr><td>HYT00</td><td>50200</td><td>H2's lock timeout: a conflict</td></tr>
 *   <tr><td>90131</td><td></td><td>H2's concurrent update: a conflict</td></tr>
 *   <tr><td></td><td>1205, 1020</td><td>lock timeout, and a changed row, of MySQL and MariaDB: a conflict</td></tr>
 *   <tr><td>42xxx</td><td></td><td>missing or other tables: a failure that says so</td></tr>
 *   <tr><td>others</td><td></td><td>a failure</td></tr>
 * </table>
 *
 * Messages name the operation and the SQLState, never what was in a statement.
 */
final class SqlFailures {

    private static final Set<String> CONFLICTS = Set.of("55P03", "90131");
    private static final String OUTCOME_UNKNOWN = "40003";
    private static final int H2_LOCK_TIMEOUT = 50200;
    private static final Set<Integer> MYSQL_CONFLICTS = Set.of(1205, 1020);
    private static final int MYSQL_DUPLICATE = 1062;

    private SqlFailures() {}

    static AttachmentStoreException of(String operation, SQLException failure) {
        String state = state(failure);
        if (isConflict(failure)) {
            return new AttachmentConflictException(
                    operation + ": cancelled in favour of another change (SQLState " + state + ")", failure);
        }
        String advice = state.startsWith("42")
                ? "; are the tables there, and of this version? See JdbcAttachmentStore.createTables()"
                : "";
        return new AttachmentStoreException(operation + " failed with SQLState " + state + advice, failure);
    }

    static boolean isConflict(SQLException failure) {
        String state = state(failure);
        return (state.startsWith("40") && !state.equals(OUTCOME_UNKNOWN))
                || CONFLICTS.contains(state)
                || failure.getErrorCode() == H2_LOCK_TIMEOUT
                || MYSQL_CONFLICTS.contains(failure.getErrorCode());
    }

    /** Whether a row with this key is there already. */
    static boolean isDuplicate(SQLException failure) {
        return state(failure).equals("23505") || failure.getErrorCode() == MYSQL_DUPLICATE;
    }

    private static String state(SQLException failure) {
        return failure.getSQLState() == null ? "unknown" : failure.getSQLState();
    }
}
