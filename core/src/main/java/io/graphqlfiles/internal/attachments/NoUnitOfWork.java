package io.graphqlfiles.internal.attachments;

import io.graphqlfiles.UnitOfWork;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** No transaction around the data fetcher: what the attachment store changes is committed at once. */
public final class NoUnitOfWork implements UnitOfWork {

    @Override
    public <T extends @Nullable Object> T run(Callable<T> work) throws Exception {
        return work.call();
    }

    @Override
    public void afterCommit(Runnable action) {
        action.run();
    }

    @Override
    public void afterRollback(Runnable action) {}
}
