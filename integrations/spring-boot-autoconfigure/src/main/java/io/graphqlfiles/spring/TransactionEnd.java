package io.graphqlfiles.spring;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The moment in which a transaction is over and the thread still has its connection: when Spring runs what is to follow
 * its end.
 */
final class TransactionEnd {

    private static final ThreadLocal<@Nullable Map<Object, Object>> RESOURCES = new ThreadLocal<>();

    private TransactionEnd() {}

    /** Runs what follows. */
    static void run(Runnable action) {
        Map<Object, Object> before = RESOURCES.get();
        RESOURCES.set(TransactionSynchronizationManager.getResourceMap());
        try {
            action.run();
        } finally {
            if (before == null) {
                RESOURCES.remove();
            } else {
                RESOURCES.set(before);
            }
        }
    }

    /** Whether a resource of the thread is one of a transaction that is over. */
    static boolean isOver(Object resource) {
        Map<Object, Object> resources = RESOURCES.get();
        return resources != null && resources.containsValue(resource);
    }
}
