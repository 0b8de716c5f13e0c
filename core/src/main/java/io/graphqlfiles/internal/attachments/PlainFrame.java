package io.graphqlfiles.internal.attachments;

import io.graphqlfiles.UnitOfWork;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * No frame of our own: the call has succeeded as soon as it returns, or when the transaction commits that the
 * application has put around it. Any number of calls.
 */
public final class PlainFrame implements OutcomeFrame {

    private final UnitOfWork unitOfWork;

    public PlainFrame(UnitOfWork unitOfWork) {
        this.unitOfWork = unitOfWork;
    }

    @Override
    public @Nullable Object run(
            Callable<@Nullable Object> work,
            UnitOfWork.Completion<@Nullable Object> completion,
            Runnable onSuccess,
            Runnable onRollback)
            throws Exception {
        Object result = work.call();
        completion.complete(result);
        unitOfWork.afterRollback(onRollback);
        unitOfWork.afterCommit(onSuccess);
        return result;
    }

    @Override
    public void complete(@Nullable Object result) {}

    @Override
    public @Nullable Executor executor() {
        return null;
    }
}
