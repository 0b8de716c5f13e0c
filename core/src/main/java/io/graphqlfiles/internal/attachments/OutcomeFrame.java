package io.graphqlfiles.internal.attachments;

import io.graphqlfiles.UnitOfWork;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What the call of a data fetcher is embedded in: a unit of work in which its files are attached, or what there is
 * around it.
 */
public interface OutcomeFrame {

    /**
     * Runs the work, and what completes it.
     *
     * @param completion of the result, before what the work has done can no longer be undone
     * @param onSuccess run once, when what the work has done can no longer be undone; never if it is undone
     * @param onRollback run once, when what the work has done is undone after this has returned
     * @return what the work returned
     * @throws Exception what the work or the completion threw, or the failure to commit it
     */
    @Nullable
    Object run(
            Callable<@Nullable Object> work,
            UnitOfWork.Completion<@Nullable Object> completion,
            Runnable onSuccess,
            Runnable onRollback)
            throws Exception;

    /**
     * To be called in the completion with the final result of the data fetcher, if it is a success.
     *
     * @throws RejectedResultException if the result stands, but what was done must be undone
     * @throws io.graphqlfiles.FileException if the field is to fail
     */
    void complete(@Nullable Object result) throws Exception;

    /** Where results are completed that come later; null for the thread that they come in. */
    @Nullable
    Executor executor();

    /** Carries a result out of a unit of work that is rolled back. */
    final class RejectedResultException extends Exception {

        private static final long serialVersionUID = 1;

        private final transient @Nullable Object result;

        public RejectedResultException(@Nullable Object result) {
            super("the field has not succeeded", null, false, false);
            this.result = result;
        }

        public @Nullable Object result() {
            return result;
        }
    }
}
