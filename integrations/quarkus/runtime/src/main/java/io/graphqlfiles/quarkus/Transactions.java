package io.graphqlfiles.quarkus;

import jakarta.transaction.InvalidTransactionException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is done apart from the transaction of the calling thread. */
final class Transactions {

    private Transactions() {}

    /** Whether the calling thread is in a transaction that can still be committed. */
    static boolean isActive(TransactionManager manager) {
        try {
            return manager.getStatus() == Status.STATUS_ACTIVE;
        } catch (SystemException e) {
            throw new IllegalStateException("The transaction manager failed", e);
        }
    }

    /** The result of a call, for which the thread's transaction, if there is one, is suspended. */
    static <T extends @Nullable Object> T outside(TransactionManager manager, Supplier<T> call) {
        Transaction suspended;
        try {
            suspended = manager.suspend();
        } catch (SystemException e) {
            throw new IllegalStateException("The transaction could not be suspended", e);
        }
        try {
            return call.get();
        } finally {
            if (suspended != null) {
                resume(manager, suspended);
            }
        }
    }

    private static void resume(TransactionManager manager, Transaction suspended) {
        try {
            manager.resume(suspended);
        } catch (SystemException | InvalidTransactionException e) {
            throw new IllegalStateException("The transaction could not be resumed", e);
        }
    }
}
