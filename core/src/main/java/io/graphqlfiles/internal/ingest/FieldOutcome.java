package io.graphqlfiles.internal.ingest;

import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLCompositeType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLTypeUtil;
import io.graphqlfiles.FileException;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.UnitOfWork;
import io.graphqlfiles.internal.attachments.OutcomeFrame;
import io.graphqlfiles.internal.attachments.OutcomeFrame.RejectedResultException;
import io.graphqlfiles.internal.blob.FileDeletion;
import io.graphqlfiles.internal.execution.FileErrors;
import io.graphqlfiles.internal.owner.ResultPath;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the files of one call of a data fetcher. If the call fails in any way, returns no record, or is
 * undone with the transaction around it, what was stored for it is deleted; if it succeeds, what it left no longer
 * needed is.
 */
final class FieldOutcome {

    private final DataFetchingEnvironment environment;
    private final FileDeletion deletion;
    private final FileErrors errors;
    private final CollectedChanges changes;
    private final @Nullable Executor executor;
    private Collection<StoredFile> replaced = List.of();

    /** @param executor where files are deleted for threads that must not block; null if all may */
    FieldOutcome(
            DataFetchingEnvironment environment,
            FileDeletion deletion,
            FileErrors errors,
            OwnFiles ownFiles,
            @Nullable Executor executor) {
        this.environment = environment;
        this.deletion = deletion;
        this.errors = errors;
        this.changes = CollectedChanges.begin(environment, ownFiles, deletion);
        this.executor = executor;
    }

    /** To be deleted if the call fails. */
    void addStored(StoredFile file) {
        changes.addStored(file);
    }

    /** A call of the application's data fetcher. */
    interface Call {
        @Nullable
        Object call() throws Exception;
    }

    /**
     * Calls the data fetcher and watches it to its end, now or later.
     *
     * @param frame what the call is embedded in; a result that comes later is embedded in the same, once more
     * @param mayBlock whether this thread may; those in which later results come may not, if there is an executor
     * @return what it returned, or something that completes as that does
     */
    @Nullable
    Object watch(Call fetcher, OutcomeFrame frame, boolean mayBlock) throws Exception {
        AtomicReference<@Nullable CompletionStage<?>> later = new AtomicReference<>();
        Callable<@Nullable Object> work = () -> {
            Object returned = fetcher.call();
            // What a subscription returns is a stream to be passed on, not a result to wait for.
            CompletionStage<?> stage = isSubscription() ? null : Publishers.asStage(returned);
            Done done = stage == null ? null : doneOf(stage);
            if (done != null) {
                // Some frameworks hand over as a future what is there, failures too.
                return succeeded(done.get());
            }
            if (stage == null) {
                return succeeded(returned);
            }
            later.set(stage);
            return returned;
        };
        UnitOfWork.Completion<@Nullable Object> completion = value -> {
            if (later.get() == null) {
                complete(value, frame);
            }
        };
        Object result = settle(frame, work, completion, mayBlock ? null : executor);
        CompletionStage<?> pending = later.get();
        return pending == null ? result : watch(pending, frame);
    }

    private boolean isSubscription() {
        GraphQLObjectType subscription = environment.getGraphQLSchema().getSubscriptionType();
        return subscription != null && environment.getParentType() == subscription;
    }

    private CompletableFuture<@Nullable Object> watch(CompletionStage<?> later, OutcomeFrame frame) {
        // A future of our own: what a framework does to the one it is given (cancel, obtrude) cannot skip the settling.
        CompletableFuture<@Nullable Object> settled = new CompletableFuture<>();
        later.whenComplete((value, failure) -> {
            boolean succeeds = failure == null && ResultPath.data(value) != null;
            Executor whereDeleted = changes.deleteNothing(succeeds) ? null : executor;
            execute(frame, whereDeleted, settled, () -> {
                if (failure != null) {
                    return failed(unwrap(failure));
                }
                return settle(frame, () -> succeeded(value), result -> complete(result, frame), null);
            });
        });
        return settled;
    }

    /** @param whereDeleted for a frame that has no executor; null for this thread */
    private void execute(
            OutcomeFrame frame,
            @Nullable Executor whereDeleted,
            CompletableFuture<@Nullable Object> settled,
            Call settling) {
        Runnable work = () -> {
            try {
                settled.complete(settling.call());
            } catch (Exception | Error e) {
                settled.completeExceptionally(e);
            }
        };
        Executor ofFrame = frame.executor();
        if (ofFrame == null) {
            execute(whereDeleted, work);
            return;
        }
        try {
            ofFrame.execute(work);
        } catch (RuntimeException e) { // the executor has no room, or was shut down
            fail();
            settled.completeExceptionally(e);
        }
    }

    /** @param where null for this thread */
    private static void execute(@Nullable Executor where, Runnable work) {
        if (where != null) {
            try {
                where.execute(work);
                return;
            } catch (RejectedExecutionException e) {
                // It has no room, or was shut down: what has succeeded does not fail for that.
            }
        }
        work.run();
    }

    /**
     * Runs the work, and decides by how it ends what becomes of the files.
     *
     * @param elsewhere where files are deleted that a success leaves no longer needed; null for this thread
     */
    private @Nullable Object settle(
            OutcomeFrame frame,
            Callable<@Nullable Object> work,
            UnitOfWork.Completion<@Nullable Object> completion,
            @Nullable Executor elsewhere)
            throws Exception {
        try {
            return frame.run(
                    work,
                    completion,
                    () -> execute(
                            replaced.isEmpty() ? null : elsewhere,
                            () -> deletion.delete(replaced, "after they were no longer needed")),
                    () -> deletion.delete(changes.stored(), "after the transaction was rolled back"));
        } catch (RejectedResultException e) {
            fail();
            return e.result();
        } catch (Exception | Error e) {
            return failed(e);
        }
    }

    /** Errors without data are how a data fetcher, or what a framework has put around it, says that it has failed. */
    private static @Nullable Object succeeded(@Nullable Object result) throws RejectedResultException {
        if (result instanceof DataFetcherResult<?> withErrors
                && withErrors.hasErrors()
                && withErrors.getData() == null) {
            throw new RejectedResultException(result);
        }
        return result;
    }

    private void complete(@Nullable Object result, OutcomeFrame frame) throws Exception {
        frame.complete(result);
        Collection<StoredFile> settled = isNoRecord(result) ? changes.settleWithoutRecord() : changes.settle();
        if (settled == null) {
            throw new RejectedResultException(result);
        }
        replaced = settled;
        CollectedChanges.end(environment);
    }

    /** Not found, or not yours: the application has not kept the files of a record that it does not return. */
    private boolean isNoRecord(@Nullable Object result) {
        return ResultPath.data(result) == null
                && GraphQLTypeUtil.unwrapAll(environment.getFieldType()) instanceof GraphQLCompositeType;
    }

    void fail() {
        changes.settle();
        CollectedChanges.end(environment);
        deletion.delete(changes.stored(), "after the field failed");
    }

    /** A refusal becomes an error for the client; everything else is the application's and goes on as it is. */
    private Object failed(Throwable failure) throws Exception {
        fail();
        FileException refusal = FileErrors.find(failure);
        if (refusal != null && !(failure instanceof Error)) {
            return errors.result(environment, refusal);
        }
        if (failure instanceof Error error) {
            throw error;
        }
        throw (Exception) failure;
    }

    /** How a stage has ended; null if it has not. */
    private static @Nullable Done doneOf(CompletionStage<?> stage) {
        AtomicReference<@Nullable Done> done = new AtomicReference<>();
        stage.whenComplete((value, failure) -> done.set(new Done(value, failure)));
        return done.get();
    }

    private record Done(@Nullable Object value, @Nullable Throwable failure) {

        @Nullable
        Object get() throws Exception {
            if (failure == null) {
                return value;
            }
            Throwable cause = unwrap(failure);
            if (cause instanceof Error error) {
                throw error;
            }
            throw (Exception) cause;
        }
    }

    /** Error handlers look at the type of an exception; the wrapping is an accident of how futures are chained. */
    private static Throwable unwrap(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }
}
