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

    private final PlatformTransactionManager manager;
    // One for each manager: a thread can be in transactions of several databases.
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<@Nullable MutationTransactions> current = new ThreadLocal<>();

    CommitDeferral(PlatformTransactionManager manager) {
        this.manager = manager;
    }

    /**
     * Runs a mutation and what attaches its files. The thread must be in no transaction.
     *
     * @throws Exception what either threw, or the failure to commit
     */
    <T extends @Nullable Object> T run(Callable<T> work, Completion<T> completion) throws Exception {
        MutationTransactions outer = current.get();
        MutationTransactions transactions = new MutationTransactions(manager);
        current.set(transactions);
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
                current.remove();
            } else {
                current.set(outer);
            }
        }
    }

    /** Begins the transaction in which files are attached, if the mutation is over and has left none. */
    void requireTransaction() {
        MutationTransactions transactions = current.get();
        if (transactions != null && !TransactionSynchronizationManager.isActualTransactionActive()) {
            transactions.beginForCompletion();
        }
    }

    TransactionStatus begin(@Nullable TransactionDefinition definition) {
        MutationTransactions transactions = current.get();
        return transactions == null ? manager.getTransaction(definition) : transactions.begin(definition);
    }

    void commit(TransactionStatus status) {
        MutationTransactions transactions = current.get();
        if (transactions == null) {
            manager.commit(status);
        } else {
            transactions.commit(status);
        }
    }

    void rollBack(TransactionStatus status) {
        MutationTransactions transactions = current.get();
        if (transactions == null) {
            manager.rollback(status);
        } else {
            transactions.rollBack(status);
        }
    }
}
