package io.graphqlfiles;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The application's way to run something in a transaction of its database, so that files are attached with the record
 * they belong to or not at all. Given once, to {@link io.graphqlfiles.engine.GraphQLFiles.Builder}; used by many
 * threads at once.
 */
public interface UnitOfWork {

    /**
     * Runs the work in a transaction of the calling thread: the one that the thread is in, or one that begins and ends
     * here. A transaction that began here is committed when the work returns, and rolled back when it throws anything;
     * one that the thread was in before goes on, and after an exception must not be committed. Blocks.
     *
     * @return what the work returned, perhaps null
     * @throws Exception what the work threw, as it is; or the failure to begin or to commit
     */
    <T extends @Nullable Object> T run(Callable<T> work) throws Exception;

    /**
     * Runs a data fetcher of the application, and what attaches its files once its result is there. What is attached is
     * committed with what the data fetcher has last done in a transaction, or neither is. Blocks.
     *
     * <p>This one does both in one transaction, as {@link #run(Callable)} says. Where the application has transactions
     * of its own in the data fetcher, an implementation lets them be as they are without files: it begins none around
     * it, and holds back the commit of the last one until the completion has returned. When the work throws, what it
     * has committed stays committed; when the completion throws, what was held back is rolled back.
     *
     * @param completion is given the result of the work, and changes attached files or not
     * @return what the work returned, perhaps null
     * @throws io.graphqlfiles.spi.attachment.AttachmentConflictException if the database gave the transaction up, when
     *     it was to be committed, in favour of another one, and it can be tried again
     * @throws Exception what the work or the completion threw, as it is; or the failure to begin or to commit
     */
    default <T extends @Nullable Object> T run(Callable<T> work, Completion<T> completion) throws Exception {
        return run(() -> {
            T result = work.call();
            completion.complete(result);
            return result;
        });
    }

    /**
     * What belongs to the transaction of the work, and needs its result.
     *
     * @param <T> type of the result
     */
    @FunctionalInterface
    interface Completion<T extends @Nullable Object> {

        /** Completes the work; throws if it cannot. */
        void complete(T result) throws Exception;
    }

    /**
     * Runs an action after the transaction of the calling thread has been committed, and not at all if it is rolled
     * back; at once if there is none. What the action throws must not change what becomes of the transaction.
     *
     * @param action throws nothing; may take a while, and may use the database in a transaction of its own
     */
    void afterCommit(Runnable action);

    /**
     * Runs an action after the transaction of the calling thread has been rolled back; not at all if it is committed,
     * if there is none, or if a commit failed and nobody knows how it ended. What the action throws must not hide why
     * the transaction failed.
     *
     * @param action as for {@link #afterCommit}
     */
    void afterRollback(Runnable action);
}
