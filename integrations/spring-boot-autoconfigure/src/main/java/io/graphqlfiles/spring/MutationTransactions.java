package io.graphqlfiles.spring;

import io.graphqlfiles.UnitOfWork.Completion;
import io.graphqlfiles.spi.attachment.AttachmentConflictException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedRuntimeException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.SimpleTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The transactions of one call of a mutation, one after the other; those inside of these are left alone. One thread.
 */
final class MutationTransactions {

    private final PlatformTransactionManager manager;
    /** What the mutation has begun and not ended. */
    private @Nullable TransactionStatus open;
    /** What the mutation has committed, and is not committed yet. */
    private @Nullable TransactionStatus kept;

    private Runnable thaw = () -> {};
    private boolean isLastRolledBack;
    private boolean isCompleting;

    MutationTransactions(PlatformTransactionManager manager) {
        this.manager = manager;
    }

    PlatformTransactionManager manager() {
        return manager;
    }

    /** A reading transaction of the mutation after the one that is kept, in which it reads. */
    private static final class Joined extends SimpleTransactionStatus {

        Joined() {
            super(false);
        }
    }

    TransactionStatus begin(@Nullable TransactionDefinition definition) {
        if (kept != null) {
            if (readsOnly(definition)) {
                return new Joined();
            }
            commitKept();
        }
        // One that is begun in the middle of other work has to end before that does.
        boolean isOutermost = open == null && !TransactionSynchronizationManager.isSynchronizationActive();
        TransactionStatus status = manager.getTransaction(definition);
        if (isOutermost && status.isNewTransaction()) {
            open = status;
        }
        return status;
    }

    /** Nothing it does must be undone, and it must see no more than the kept one sees. */
    private static boolean readsOnly(@Nullable TransactionDefinition definition) {
        return definition != null
                && definition.isReadOnly()
                && definition.getPropagationBehavior() == TransactionDefinition.PROPAGATION_REQUIRED
                && definition.getIsolationLevel() == TransactionDefinition.ISOLATION_DEFAULT;
    }

    void commit(TransactionStatus status) {
        if (status instanceof Joined) {
            return;
        }
        if (status != open) {
            manager.commit(status);
            return;
        }
        open = null;
        if (!status.isReadOnly() && !status.isRollbackOnly() && !status.isCompleted()) {
            prepare(status);
        }
        if (status.isReadOnly() || status.isRollbackOnly() || status.isCompleted()) {
            isLastRolledBack = status.isRollbackOnly() && !status.isReadOnly();
            manager.commit(status);
            return;
        }
        isLastRolledBack = false;
        kept = status;
        thaw = SessionFreeze.freeze();
    }

    /**
     * Does all that comes before the commit, so that what would fail then fails now, while the mutation can handle it.
     */
    private void prepare(TransactionStatus status) {
        boolean isFlushing = false;
        try {
            PreparedSynchronization.prepareAll();
            isFlushing = true;
            status.flush();
        } catch (RuntimeException | Error e) {
            isLastRolledBack = true;
            try {
                manager.rollback(status);
            } catch (RuntimeException rollback) {
                e.addSuppressed(rollback);
            }
            if (isFlushing && e instanceof RuntimeException && !(e instanceof NestedRuntimeException)) {
                // What a commit makes of it.
                throw new TransactionSystemException("Could not commit the transaction", e);
            }
            throw e;
        }
        PreparedSynchronization.keepRest();
    }

    void rollBack(TransactionStatus status) {
        if (status instanceof Joined) {
            return;
        }
        if (status == open) {
            open = null;
            isLastRolledBack = !status.isReadOnly();
        }
        manager.rollback(status);
    }

    /** What the mutation has committed stays so, whatever it does next. */
    void commitAfter(Throwable failure) {
        try {
            commitKept();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    <T extends @Nullable Object> void complete(Completion<T> completion, T result) throws Exception {
        isCompleting = true;
        try {
            completion.complete(result);
        } catch (Throwable e) {
            rollBackKept(e);
            throw e;
        }
        try {
            commitKept();
        } catch (RuntimeException e) {
            throw isGivenUp(e)
                    ? new AttachmentConflictException("commit: cancelled in favour of another transaction", e)
                    : e;
        }
    }

    /** Whether the database has rolled the transaction back in favour of another, by SQLState; 40003 says: unknown. */
    private static boolean isGivenUp(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState().startsWith("40") && !sql.getSQLState().equals("40003");
            }
        }
        return false;
    }

    /** Begins a transaction for the completion, unless the mutation has left one. */
    void beginForCompletion() {
        if (!isCompleting || kept != null) {
            return;
        }
        if (isLastRolledBack) {
            throw new UnexpectedRollbackException(
                    "The transaction of the mutation was rolled back, so no files can be attached to its result");
        }
        kept = manager.getTransaction(TransactionDefinition.withDefaults());
        thaw = () -> {};
    }

    private void commitKept() {
        TransactionStatus status = kept;
        if (status != null) {
            kept = null;
            try {
                manager.commit(status);
            } finally {
                thaw.run();
            }
        }
    }

    private void rollBackKept(Throwable reason) {
        TransactionStatus status = kept;
        if (status != null) {
            kept = null;
            try {
                manager.rollback(status);
            } catch (RuntimeException e) {
                reason.addSuppressed(e);
            } finally {
                thaw.run();
            }
        }
    }
}
