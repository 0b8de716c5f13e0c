package io.graphqlfiles.spring;

import java.util.ArrayList;
import java.util.List;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.ClassUtils;

/**
 * Keeps what a mutation does to its entities after the end of its transaction out of the database, where it would not
 * have come had the transaction been committed at once.
 */
final class SessionFreeze {

    private static final boolean HAS_HIBERNATE = isPresent("org.hibernate.engine.spi.SharedSessionContractImplementor")
            && isPresent("org.springframework.orm.jpa.EntityManagerHolder");

    private SessionFreeze() {}

    /** Freezes the sessions of the thread; what is returned lets them write again. */
    static Runnable freeze() {
        List<Runnable> thaws = new ArrayList<>();
        if (HAS_HIBERNATE) {
            TransactionSynchronizationManager.getResourceMap().values().forEach(resource -> {
                Runnable thaw = HibernateSessions.freeze(resource);
                if (thaw != null) {
                    thaws.add(thaw);
                }
            });
        }
        return () -> thaws.forEach(Runnable::run);
    }

    private static boolean isPresent(String className) {
        return ClassUtils.isPresent(className, SessionFreeze.class.getClassLoader());
    }
}
