package io.graphqlfiles.quarkus;

import io.graphqlfiles.UnitOfWork;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transactions of JTA: what {@code @Transactional} methods do when they are called in one, they do in it. A method with
 * {@code REQUIRES_NEW} has one of its own, and its files are attached after that.
 */
final class JtaUnitOfWork implements UnitOfWork {

    private static final Logger log = LoggerFactory.getLogger(JtaUnitOfWork.class);

    private final TransactionManager manager;

    JtaUnitOfWork(TransactionManager manager) {
        this.manager = manager;
    }

    @Override
    public <T extends @Nullable Object> T run(Callable<T> work) throws Exception {
        if (manager.getStatus() != Status.STATUS_NO_TRANSACTION) {
            return work.call();
        }
        manager.begin();
        T result;
        try {
            result = work.call();
        } catch (Throwable e) {
            rollBack(e);
            throw e;
        }
        if (manager.getStatus() == Status.STATUS_MARKED_ROLLBACK) {
            // By a method whose exception SmallRye has made an error of: that is what the client wants to read.
            manager.rollback();
        } else {
            manager.commit();
        }
        return result;
    }

    private void rollBack(Throwable reason) {
        try {
            manager.rollback();
        } catch (SystemException | RuntimeException e) {
            reason.addSuppressed(e);
        }
    }

    @Override
    public void afterCommit(Runnable action) {
        if (!after(Status.STATUS_COMMITTED, action)) {
            action.run();
        }
    }

    @Override
    public void afterRollback(Runnable action) {
        boolean unused = after(Status.STATUS_ROLLEDBACK, action);
    }

    /** Whether there is a transaction. Unknown outcomes are left to the sweep. */
    private boolean after(int wanted, Runnable action) {
        try {
            Transaction transaction = manager.getTransaction();
            if (transaction == null) {
                return false;
            }
            transaction.registerSynchronization(new Synchronization() {
                @Override
                public void beforeCompletion() {}

                @Override
                public void afterCompletion(int status) {
                    if (status == wanted) {
                        runOutside(action);
                    }
                }
            });
            return true;
        } catch (RollbackException e) {
            // It is marked: it will not be committed.
            if (wanted == Status.STATUS_ROLLEDBACK) {
                action.run();
            }
            return true;
        } catch (SystemException e) {
            throw new IllegalStateException("The transaction manager failed", e);
        }
    }

    /** What fails here must not change what becomes of the transaction. */
    private void runOutside(Runnable action) {
        try {
            Transactions.outside(manager, () -> {
                action.run();
                return true;
            });
        } catch (RuntimeException e) {
            log.warn("What should have been done after a transaction failed", e);
        }
    }
}
