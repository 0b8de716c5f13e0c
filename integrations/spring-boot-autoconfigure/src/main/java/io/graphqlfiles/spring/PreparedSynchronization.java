package io.graphqlfiles.spring;

import java.util.List;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionSynchronizationUtils;

/** What must happen around the commit of a transaction whose part before the commit has been done. */
record PreparedSynchronization(TransactionSynchronization delegate) implements TransactionSynchronization {

    /** Does that part for the transaction of the thread; what throws is passed on. */
    static void prepareAll() {
        TransactionSynchronizationUtils.triggerBeforeCommit(false);
    }

    /** Leaves the rest to be done. */
    static void keepRest() {
        List<TransactionSynchronization> all = TransactionSynchronizationManager.getSynchronizations();
        TransactionSynchronizationManager.clearSynchronization();
        TransactionSynchronizationManager.initSynchronization();
        all.forEach(
                each -> TransactionSynchronizationManager.registerSynchronization(new PreparedSynchronization(each)));
    }

    @Override
    public int getOrder() {
        return delegate.getOrder();
    }

    @Override
    public void suspend() {
        delegate.suspend();
    }

    @Override
    public void resume() {
        delegate.resume();
    }

    @Override
    public void flush() {
        delegate.flush();
    }

    @Override
    public void savepoint(Object savepoint) {
        delegate.savepoint(savepoint);
    }

    @Override
    public void savepointRollback(Object savepoint) {
        delegate.savepointRollback(savepoint);
    }

    @Override
    public void beforeCompletion() {
        delegate.beforeCompletion();
    }

    @Override
    public void afterCommit() {
        delegate.afterCommit();
    }

    @Override
    public void afterCompletion(int status) {
        delegate.afterCompletion(status);
    }
}
