package io.graphqlfiles.spring;

import io.graphqlfiles.UnitOfWork.Completion;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Lets the last transaction that a mutation has ended stay open until its files are attached in it. The mutation begins
 * and ends its transactions as it does without files, in each as its annotations say. Thread-safe.
 */
final class CommitDeferral {

    private static final ThreadLocal<@Nullable MutationTransactions> CURRENT = new ThreadLocal<>();

    private final PlatformTransactionManager manager;

    CommitDeferral(PlatformTransactionManager manager) {
        this.manager = manager;
    }

    /** Whether the thread runs a mutation whose transactions are its own. */
    static boolean isInMutation() {
        return CURRENT.get() != null;
    }

    /** The transactions of the mutation that the thread runs, if they are of this manager. */
    private @Nullable MutationTransactions current() {
        MutationTransactions transactions = CURRENT.get();
        return transactions != null && transactions.manager() == manager ? transactions : null;
    }

    /**
     * Runs a mutation and what attaches its files. The thread must be in no transaction.
     *
     * @throws Exception what either threw, or the failure to commit
     */
    <T extends @Nullable Object> T run(Callable<T> work, Completion<T> completion) throws Exception {
        MutationTransactions outer = CURRENT.get();
        MutationTransactions transactions = new MutationTransactions(manager);
        CURRENT.set(transactions);
        try {
            T result;
            try {
                result = work.call();
            } catch (Throwable e) {
                transactions.commitAfter(e);
                throw e;
            }
            transactions.complete(completion, result);
            return result;
        } finally {
            if (outer == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(outer);
            }
        }
    }

    /** Begins the transaction in which files are attached, if the mutation is over and has left none. */
    void requireTransaction() {
        MutationTransactions transactions = current();
        if (transactions != null && !TransactionSynchronizationManager.isActualTransactionActive()) {
            transactions.beginForCompletion();
        }
    }

    TransactionStatus begin(@Nullable TransactionDefinition definition) {
        MutationTransactions transactions = current();
        return transactions == null ? manager.getTransaction(definition) : transactions.begin(definition);
    }

    void commit(TransactionStatus status) {
        MutationTransactions transactions = current();
        if (transactions == null) {
            manager.commit(status);
        } else {
            transactions.commit(status);
        }
    }

    void rollBack(TransactionStatus status) {
        MutationTransactions transactions = current();
        if (transactions == null) {
            manager.rollback(status);
        } else {
            transactions.rollBack(status);
        }
    }
}
