package io.graphqlfiles.attachments.jdbc;

import io.graphqlfiles.spi.attachment.AttachmentConflictException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Runs work in the transaction of the caller, or in one of its own. Thread-safe. */
final class Transactions {

    private static final int ATTEMPTS = 4;

    private final DataSource dataSource;
    private final CurrentTransaction current;
    private final Supplier<String> tablePrefix;
    private volatile @Nullable Dialect dialect;

    Transactions(DataSource dataSource, CurrentTransaction current, Supplier<String> tablePrefix) {
        this.dataSource = dataSource;
        this.current = current;
        this.tablePrefix = tablePrefix;
    }

    /** What to do with a connection. */
    interface Work<T> {
        T in(SqlSession session) throws SQLException;
    }

    /**
     * Runs work that is committed with the transaction of the calling thread, or on its own if there is none. After a
     * failure nothing of it is left, and the transaction of the caller is as it was before, able to go on: on
     * PostgreSQL a failed statement would otherwise fail all that come after it.
     */
    <T> T join(String operation, Work<T> work) {
        try (Connection joined = current.connection()) {
            if (joined == null) {
                return own(work);
            }
            requireTransaction(joined);
            return withSavepoint(joined, work);
        } catch (SQLException e) {
            throw SqlFailures.of(operation, e);
        }
    }

    /** Runs queries in the transaction of the calling thread, if there is one. */
    <T> T read(String operation, Work<T> work) {
        try (Connection joined = current.connection()) {
            if (joined != null) {
                requireTransaction(joined);
                return work.in(session(joined));
            }
            Connection held = current.heldConnection();
            // What it shows is what the thread has read before.
            return held != null ? work.in(session(held)) : readOnOwn(operation, work);
        } catch (SQLException e) {
            throw SqlFailures.of(operation, e);
        }
    }

    /** Runs queries that see what is committed. */
    <T> T readOnOwn(String operation, Work<T> work) {
        try (Lent lent = lend()) {
            T result = work.in(session(lent.connection()));
            if (!lent.connection().getAutoCommit()) {
                lent.connection().commit();
            }
            return result;
        } catch (SQLException e) {
            throw SqlFailures.of(operation, e);
        }
    }

    /** Runs work that is committed when this returns, whatever transaction the thread is in. It may be run again. */
    <T> T runOnOwn(String operation, Work<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return own(work);
            } catch (SQLException e) {
                // The database has undone all of it, and says that it may be tried again.
                if (attempt == ATTEMPTS || !SqlFailures.isConflict(e)) {
                    throw SqlFailures.of(operation, e);
                }
            } catch (AttachmentConflictException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private <T> T own(Work<T> work) throws SQLException {
        try (Lent lent = lend()) {
            Connection connection = lent.connection();
            boolean autoCommit = true;
            try {
                autoCommit = connection.getAutoCommit();
                if (autoCommit) {
                    connection.setAutoCommit(false);
                }
                SqlSession session = session(connection);
                session.dialect().begin(connection);
                T result = work.in(session);
                connection.commit();
                return result;
            } catch (Throwable e) {
                try {
                    connection.rollback();
                } catch (SQLException rollback) {
                    e.addSuppressed(rollback);
                }
                throw e;
            } finally {
                if (autoCommit) {
                    setAutoCommitQuietly(connection);
                }
            }
        }
    }

    /**
     * A connection that is in no transaction: the one that the thread holds anyway, or one from the source.
     *
     * @param isTaken whether it is from the source, and goes back there
     */
    private record Lent(Connection connection, boolean isTaken) implements AutoCloseable {

        @Override
        public void close() {
            if (isTaken) {
                closeQuietly(connection);
            }
        }
    }

    private Lent lend() throws SQLException {
        Connection held = current.heldConnection();
        if (held == null || held.isReadOnly()) {
            return new Lent(dataSource.getConnection(), true);
        }
        if (!held.getAutoCommit()) {
            held.rollback();
        }
        return new Lent(held, false);
    }

    private <T> T withSavepoint(Connection connection, Work<T> work) throws SQLException {
        Savepoint savepoint = connection.setSavepoint();
        T result;
        try {
            result = work.in(session(connection));
        } catch (Throwable e) {
            try {
                connection.rollback(savepoint);
            } catch (SQLException rollback) {
                // There is nothing left to undo: MySQL answers a deadlock by undoing the whole transaction.
                e.addSuppressed(rollback);
            }
            throw e;
        }
        connection.releaseSavepoint(savepoint);
        return result;
    }

    private static void requireTransaction(Connection connection) throws SQLException {
        if (connection.getAutoCommit()) {
            throw new IllegalStateException("CurrentTransaction: expected a connection in a transaction, or null,"
                    + " found one that commits each statement on its own; is the transaction one of another database?");
        }
    }

    SqlSession session(Connection connection) throws SQLException {
        Dialect known = dialect;
        if (known == null) {
            known = Dialect.of(connection);
            dialect = known;
        }
        return new SqlSession(connection, known, tablePrefix.get());
    }

    /** When this is called all is decided. A connection that does not come back as it was is its pool's to notice. */
    private static void setAutoCommitQuietly(Connection connection) {
        try {
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            // See above.
        }
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // What was done is done: an exception would say otherwise.
        }
    }
}
