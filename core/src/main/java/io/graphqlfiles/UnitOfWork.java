package io.graphqlfiles;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The application's way to run something in a transaction of its database, so that files are attached with the record
 * they belong to or not at all. Given once, to {@link GraphQLFiles.Builder}; used by many threads at once.
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
