package io.graphqlfiles.spring;

import io.graphqlfiles.attachments.jdbc.CurrentTransaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.ClassUtils;

/**
 * The connections to the application's database that Spring, or Hibernate for it, has for the calling thread.
 * Thread-safe.
 */
final class ThreadConnections implements CurrentTransaction {

    private static final boolean HAS_HIBERNATE = isPresent("org.hibernate.engine.spi.SharedSessionContractImplementor")
            && isPresent("org.springframework.orm.jpa.EntityManagerHolder");

    private final DataSource dataSource;
    private final TransactionAwareDataSourceProxy aware;
    private final Runnable beforeChange;

    /** @param beforeChange begins the transaction that a mutation needs for its files, where it has none */
    ThreadConnections(DataSource dataSource, Runnable beforeChange) {
        this.dataSource =
                dataSource instanceof TransactionAwareDataSourceProxy proxy && proxy.getTargetDataSource() != null
                        ? proxy.getTargetDataSource()
                        : dataSource;
        this.aware = new TransactionAwareDataSourceProxy(this.dataSource);
        this.beforeChange = beforeChange;
    }

    @Override
    public @Nullable Connection connection() throws SQLException {
        beforeChange.run();
        return TransactionSynchronizationManager.isActualTransactionActive() ? aware.getConnection() : null;
    }

    @Override
    public @Nullable Connection heldConnection() throws SQLException {
        boolean isInTransaction = TransactionSynchronizationManager.isActualTransactionActive();
        if (TransactionSynchronizationManager.getResource(dataSource) instanceof ConnectionHolder holder) {
            boolean isFree = !isInTransaction || TransactionEnd.isOver(holder);
            return isFree && holder.getConnectionHandle() != null ? holder.getConnection() : null;
        }
        return isInTransaction || !HAS_HIBERNATE ? null : ofSession();
    }

    private @Nullable Connection ofSession() throws SQLException {
        Map<Object, Object> resources = TransactionSynchronizationManager.getResourceMap();
        for (Map.Entry<Object, Object> resource : resources.entrySet()) {
            Connection connection = HibernateSessions.connection(resource.getKey(), resource.getValue(), dataSource);
            if (connection != null) {
                return connection;
            }
        }
        return null;
    }

    private static boolean isPresent(String className) {
        return ClassUtils.isPresent(className, ThreadConnections.class.getClassLoader());
    }
}
