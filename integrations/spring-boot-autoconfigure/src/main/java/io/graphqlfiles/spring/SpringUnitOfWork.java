package io.graphqlfiles.spring;

import io.graphqlfiles.UnitOfWork;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Transactions of Spring: what {@code @Transactional} methods do when they are called in one, they do in it. */
final class SpringUnitOfWork implements UnitOfWork {

    private final PlatformTransactionManager manager;
    private final @Nullable CommitDeferral deferral;

    SpringUnitOfWork(PlatformTransactionManager manager) {
        this.manager = manager;
        this.deferral = DeferringManagers.deferralOf(manager);
    }

    @Override
    public <T extends @Nullable Object> T run(Callable<T> work, Completion<T> completion) throws Exception {
        if (isInTransaction()) {
            T result = work.call();
            run(() -> {
                completion.complete(result);
                return true;
            });
            return result;
        }
        // Of a manager that cannot hold a commit back there is one transaction for all.
        return deferral == null ? UnitOfWork.super.run(work, completion) : deferral.run(work, completion);
    }

    @Override
    public <T extends @Nullable Object> T run(Callable<T> work) throws Exception {
        TransactionStatus transaction = manager.getTransaction(TransactionDefinition.withDefaults());
        T result;
        try {
            result = work.call();
        } catch (Throwable e) {
            // Also for checked exceptions, unlike @Transactional: the files of such a call are not kept.
            rollBack(transaction, e);
            throw e;
        }
        manager.commit(transaction);
        return result;
    }

    private void rollBack(TransactionStatus transaction, Throwable reason) {
        try {
            manager.rollback(transaction);
        } catch (RuntimeException e) {
            reason.addSuppressed(e);
        }
    }

    @Override
    public void afterCommit(Runnable action) {
        if (isInTransaction()) {
            after(TransactionSynchronization.STATUS_COMMITTED, action);
        } else {
            action.run();
        }
    }

    @Override
    public void afterRollback(Runnable action) {
        if (isInTransaction()) {
            after(TransactionSynchronization.STATUS_ROLLED_BACK, action);
        }
    }

    private static boolean isInTransaction() {
        return TransactionSynchronizationManager.isSynchronizationActive()
                && TransactionSynchronizationManager.isActualTransactionActive();
    }

    private static void after(int wanted, Runnable action) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                // And not afterCommit: what is thrown here reaches nobody. Unknown outcomes are left to the sweep.
                if (status == wanted) {
                    TransactionEnd.run(action);
                }
            }
        });
    }
}
