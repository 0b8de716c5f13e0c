package io.graphqlfiles.graphql;

import io.graphqlfiles.UnitOfWork;
import java.util.concurrent.Callable;

/** Transactions that end with an exception, rolled back or committed. */
final class FailingCommit implements UnitOfWork {

    private final UnitOfWork delegate;
    private final boolean rollsBack;

    FailingCommit(UnitOfWork delegate, boolean rollsBack) {
        this.delegate = delegate;
        this.rollsBack = rollsBack;
    }

    @Override
    public <T> T run(Callable<T> work) throws Exception {
        RuntimeException failure = new IllegalStateException("the commit failed");
        delegate.run(() -> {
            T result = work.call();
            if (rollsBack) {
                throw failure;
            }
            return result;
        });
        throw failure;
    }

    @Override
    public void afterCommit(Runnable action) {
        if (rollsBack) {
            delegate.afterCommit(action);
        }
        // Otherwise the hook is lost with the answer.
    }

    @Override
    public void afterRollback(Runnable action) {
        delegate.afterRollback(action);
    }
}
