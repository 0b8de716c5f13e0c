package io.graphqlfiles.attachments.jdbc;

import static java.util.Objects.requireNonNull;

import io.graphqlfiles.UnitOfWork;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transactions for applications that have no framework for them: each is bound to the thread that runs it, and has one
 * connection, which it takes when somebody first asks for it and gives back when it ends.
 *
 * <pre>{@code
 * JdbcUnitOfWork work = JdbcUnitOfWork.of(dataSource);
 * work.run(() -> {
 *     try (Connection connection = work.dataSource().getConnection(); ...) {
 *         // the application's own SQL, in the transaction
 *     }
 * });
 * }</pre>
 *
 * <p>A {@link #run} in a {@link #run} joins it. If the inner one fails, the outer one is rolled back, even if the
 * failure was caught in between. Isolation and time limits are those of the {@link DataSource}.
 *
 * <p>Thread-safe. What is run must use the transaction in the thread it is run in alone.
 */
public final class JdbcUnitOfWork implements UnitOfWork, CurrentTransaction {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcUnitOfWork.class);

    private final DataSource dataSource;
    // A thread can be in one transaction of each database.
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<@Nullable BoundTransaction> current = new ThreadLocal<>();

    private JdbcUnitOfWork(DataSource dataSource) {
        this.dataSource = requireNonNull(dataSource, "dataSource");
    }

    /**
     * Runs transactions with connections of this source.
     *
     * @param dataSource best a pool
     */
    public static JdbcUnitOfWork of(DataSource dataSource) {
        return new JdbcUnitOfWork(dataSource);
    }

    /**
     * Runs the work in a transaction of the calling thread, as {@link UnitOfWork#run} says.
     *
     * @throws io.graphqlfiles.spi.attachment.AttachmentConflictException if the database gave the transaction up in
     *     favour of another one; it was rolled back, and can be tried again
     * @throws SQLException if the transaction could not be committed; whether it was is then not known
     * @throws IllegalStateException if work that joined the transaction had failed; it was rolled back
     */
    @Override
    public <T extends @Nullable Object> T run(Callable<T> work) throws Exception {
        BoundTransaction joined = current.get();
        if (joined != null) {
            try {
                return work.call();
            } catch (Throwable e) {
                joined.failed = true;
                throw e;
            }
        }
        BoundTransaction transaction = new BoundTransaction(dataSource);
        T result;
        current.set(transaction);
        try {
            result = work.call();
            transaction.commit();
        } catch (Throwable e) {
            transaction.rollBack(e);
            throw e;
        } finally {
            current.remove();
            transaction.close();
            // Now that the connection is free again.
            transaction.due.forEach(JdbcUnitOfWork::runQuietly);
        }
        return result;
    }

    @Override
    public void afterCommit(Runnable action) {
        requireNonNull(action, "action");
        BoundTransaction transaction = current.get();
        if (transaction == null) {
            action.run();
        } else {
            transaction.afterCommit.add(action);
        }
    }

    @Override
    public void afterRollback(Runnable action) {
        requireNonNull(action, "action");
        BoundTransaction transaction = current.get();
        if (transaction != null) {
            transaction.afterRollback.add(action);
        }
    }

    /**
     * The connection of the transaction of the calling thread, for {@link JdbcAttachmentStore}. Closing it does
     * nothing; ending the transaction or changing its mode by it fails.
     *
     * @return null if the thread is in no transaction
     * @throws SQLException if the source gives no connection
     */
    @Override
    public @Nullable Connection connection() throws SQLException {
        BoundTransaction transaction = current.get();
        return transaction == null ? null : transaction.handle();
    }

    /**
     * The source for the application's own SQL: in a transaction of this unit of work {@link #connection()}, elsewhere
     * a new connection of the source behind it. Close either as usual.
     */
    public DataSource dataSource() {
        return new CurrentDataSource(dataSource, this);
    }

    private static void runQuietly(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.warn("An action failed after its transaction had ended", e);
        }
    }

    /** One transaction. Used by one thread. */
    private static final class BoundTransaction {

        private final DataSource dataSource;
        private final List<Runnable> afterCommit = new ArrayList<>();
        private final List<Runnable> afterRollback = new ArrayList<>();
        /** What the end of the transaction, as far as it is known, asks for. */
        private List<Runnable> due = afterRollback;

        private @Nullable Connection connection;
        private boolean autoCommit;
        private boolean failed;

        BoundTransaction(DataSource dataSource) {
            this.dataSource = dataSource;
        }

        Connection handle() throws SQLException {
            if (connection == null) {
                Connection taken = dataSource.getConnection();
                try {
                    autoCommit = taken.getAutoCommit();
                    if (autoCommit) {
                        taken.setAutoCommit(false);
                    }
                } catch (Throwable e) {
                    taken.close();
                    throw e;
                }
                connection = taken;
            }
            return ConnectionHandle.of(connection);
        }

        void commit() throws SQLException {
            if (failed) {
                throw new IllegalStateException("rolled back: work that joined this transaction failed");
            }
            // A commit that fails may have been one.
            due = List.of();
            if (connection != null) {
                try {
                    connection.commit();
                } catch (SQLException e) {
                    if (SqlFailures.isConflict(e)) {
                        due = afterRollback;
                        throw SqlFailures.of("commit", e);
                    }
                    throw e;
                }
            }
            due = afterCommit;
        }

        void rollBack(Throwable reason) {
            try {
                if (connection != null) {
                    connection.rollback();
                }
            } catch (SQLException e) {
                reason.addSuppressed(e);
            }
        }

        /** All is decided: a connection that does not come back as it was is its pool's to notice. */
        void close() {
            if (connection == null) {
                return;
            }
            try (Connection closed = connection) {
                if (autoCommit) {
                    closed.setAutoCommit(true);
                }
            } catch (SQLException e) {
                LOG.debug("A connection could not be given back as it was", e);
            }
        }
    }
}
