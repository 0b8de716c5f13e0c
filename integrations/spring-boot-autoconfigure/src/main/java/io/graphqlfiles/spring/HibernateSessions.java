package io.graphqlfiles.spring;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import javax.sql.DataSource;
import org.hibernate.FlushMode;
import org.hibernate.engine.spi.SessionImplementor;
import org.hibernate.resource.jdbc.spi.LogicalConnectionImplementor;
import org.jspecify.annotations.Nullable;
import org.springframework.orm.jpa.EntityManagerFactoryInfo;
import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.orm.jpa.EntityManagerProxy;

/** Hibernate's sessions among what Spring keeps for a thread. To be touched only where there is Hibernate. */
final class HibernateSessions {

    private HibernateSessions() {}

    /**
     * The connection that a session has taken and not given back, outside of a transaction. A session that has none is
     * not made to take one: it would keep it for the rest of the request, while a client sends its file.
     *
     * @param key the resource that Spring keeps under it may be a session
     * @return null if it is no session of this database, or has no connection
     */
    static @Nullable Connection connection(Object key, Object resource, DataSource dataSource) {
        boolean isOfOther = !(key instanceof EntityManagerFactoryInfo info) || info.getDataSource() != dataSource;
        SessionImplementor session = isOfOther ? null : session(resource);
        if (session == null || !session.isOpen() || session.isTransactionInProgress()) {
            return null;
        }
        LogicalConnectionImplementor connection = session.getJdbcCoordinator().getLogicalConnection();
        return connection.isPhysicallyConnected() ? connection.getPhysicalConnection() : null;
    }

    /**
     * Lets a session write nothing from now on, as one that is in no transaction does not.
     *
     * @return lets it write again; null if the resource is no session
     */
    static @Nullable Runnable freeze(Object resource) {
        SessionImplementor session = session(resource);
        if (session == null) {
            return null;
        }
        FlushMode mode = session.getHibernateFlushMode();
        session.setHibernateFlushMode(FlushMode.MANUAL);
        return () -> {
            if (session.isOpen()) {
                session.setHibernateFlushMode(mode);
            }
        };
    }

    private static @Nullable SessionImplementor session(Object resource) {
        if (!(resource instanceof EntityManagerHolder holder)) {
            return null;
        }
        EntityManager manager = holder.getEntityManager();
        while (manager instanceof EntityManagerProxy proxy) {
            manager = proxy.getTargetEntityManager();
        }
        return manager instanceof SessionImplementor session ? session : null;
    }
}
