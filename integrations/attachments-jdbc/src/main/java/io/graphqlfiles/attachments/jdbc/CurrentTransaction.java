package io.graphqlfiles.attachments.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Tells {@link JdbcAttachmentStore} which transaction of the application the calling thread is in.
 * {@link JdbcUnitOfWork} is one; with Spring it is
 *
 * <pre>{@code
 * DataSource aware = new TransactionAwareDataSourceProxy(dataSource);
 * CurrentTransaction current =
 *         () -> TransactionSynchronizationManager.isActualTransactionActive() ? aware.getConnection() : null;
 * }</pre>
 *
 * Used by many threads at once.
 */
@FunctionalInterface
public interface CurrentTransaction {

    /**
     * Gives a connection that works in the transaction of the calling thread.
     *
     * <p>The store closes it at the end of each call, which must not end the transaction: what is given is a handle, as
     * those of pools in containers and of the proxy above are. The store neither commits it nor rolls it back, other
     * than to a savepoint of its own, and changes none of its settings.
     *
     * @return a connection that does not commit each statement on its own; null if the thread is in no transaction
     * @throws SQLException if there is a transaction and it has no connection to give
     */
    @Nullable
    Connection connection() throws SQLException;

    /**
     * Gives a connection that the calling thread holds although it is in no transaction: that of a JPA session that is
     * open for a whole request, for example. The store then works upon it rather than take another, for which a thread
     * that gives none back would wait until no thread has any left.
     *
     * <p>The store does not close it and leaves its settings as they were. It begins and ends transactions of its own
     * upon it; of a connection that does not commit each statement on its own it first rolls back what is open, which,
     * outside of a transaction, can have read only.
     *
     * @return null, the default, if the thread holds none, or is in a transaction that has not ended
     * @throws SQLException if the connection is broken
     */
    default @Nullable Connection heldConnection() throws SQLException {
        return null;
    }
}
