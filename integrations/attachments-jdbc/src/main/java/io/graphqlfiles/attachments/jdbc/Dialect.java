package io.graphqlfiles.attachments.jdbc;

import io.graphqlfiles.spi.attachment.AttachmentStoreException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What databases do each in its own way. Immutable. */
abstract class Dialect {

    private final String name;

    /** @param name also of the folder with its tables */
    Dialect(String name) {
        this.name = name;
    }

    /**
     * The dialect of the database behind a connection.
     *
     * @throws AttachmentStoreException if it is none that is known
     */
    static Dialect of(Connection connection) throws SQLException {
        DatabaseMetaData metaData = connection.getMetaData();
        String product = metaData.getDatabaseProductName();
        // Of MariaDB some drivers say that it is MySQL, of some version that has MariaDB in it.
        String both = (product + " " + metaData.getDatabaseProductVersion()).toLowerCase(Locale.ROOT);
        if (both.startsWith("postgresql")) {
            return new PostgreSqlDialect();
        }
        if (both.startsWith("h2")) {
            return new H2Dialect();
        }
        if (both.contains("mariadb")) {
            return new MySqlDialect("mariadb");
        }
        if (both.startsWith("mysql")) {
            return new MySqlDialect("mysql");
        }
        throw new AttachmentStoreException(
                "expected PostgreSQL, H2, MySQL 8 or MariaDB 10.6, or newer, found " + product, null);
    }

    final String name() {
        return name;
    }

    /** Called first in every transaction that this library begins; it must be READ COMMITTED. */
    void begin(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // For this transaction alone. Under stricter ones changes would fail where they can wait.
            statement.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED");
        }
    }

    /** Called first when tables are made: lets one process do so at a time, where the database needs that. */
    void beginTables(Connection connection) throws SQLException {}

    /**
     * Locks a record until the end of the transaction, after waiting for other transactions that have, whether it has
     * files or not.
     *
     * @return whether what plain queries of the record's rows see from now on is the present; otherwise they are to
     *     lock what they read
     */
    abstract boolean lockOwner(SqlSession session, String ownerType, String ownerId) throws SQLException;

    /** How many texts {@link #anyOf} takes. */
    abstract int maxTexts();

    /** The right side of a comparison of a column with any of some texts. */
    abstract String anyOf(List<String> texts);

    /**
     * Sets the parameters of {@link #anyOf}.
     *
     * @return the index of the parameter after them
     */
    abstract int setTexts(PreparedStatement statement, int index, List<String> texts) throws SQLException;

    void setTime(PreparedStatement statement, int index, Instant time) throws SQLException {
        statement.setObject(index, SqlSession.stored(time).atOffset(ZoneOffset.UTC));
    }

    void setTimeOrNull(PreparedStatement statement, int index, @Nullable Instant time) throws SQLException {
        if (time == null) {
            statement.setNull(index, timeType());
        } else {
            setTime(statement, index, time);
        }
    }

    /** One of {@link Types}: of what {@link #setTime} sets. */
    int timeType() {
        return Types.TIMESTAMP_WITH_TIMEZONE;
    }

    /** What to select so that {@link #time} can read it. */
    String readable(String time) {
        return time;
    }

    @Nullable
    Instant time(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    @Override
    public String toString() {
        return name;
    }
}
