package io.graphqlfiles;

import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLObjectType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the files of one call of a data fetcher. If the call fails in any way, what was stored for it is
 * deleted; if it succeeds, what it left unneeded is.
 */
final class FieldOutcome {

    private final DataFetchingEnvironment environment;
    private final FileDeletion deletion;
    private final FileChanges changes;
    private final List<StoredFile> stored = new ArrayList<>();

    FieldOutcome(DataFetchingEnvironment environment, FileDeletion deletion) {
        this.environment = environment;
        this.deletion = deletion;
        this.changes = FileChanges.begin(environment);
    }

    /** To be deleted if the call fails. */
    void addStored(StoredFile file) {
        stored.add(file);
    }

    /** A call of the application's data fetcher. */
    interface Call {
        @Nullable
        Object call() throws Exception;
    }

    /**
     * Calls the data fetcher and watches it to its end, now or later.
     *
     * @return what it returned, or something that completes as that does
     */
    @Nullable
    Object watch(Call fetcher) throws Exception {
        Object result;
        CompletionStage<?> later;
        try {
            result = fetcher.call();
            // What a subscription returns is a stream to be passed on, not a result to wait for.
            later = isSubscription() ? null : Publishers.asStage(result);
        } catch (Exception e) {
            fail();
            FileException refusal = FileErrors.find(e);
            if (refusal == null) {
                throw e;
            }
            return FileErrors.result(List.of(FileErrors.error(environment, refusal, null)));
        } catch (Error e) {
            fail();
            throw e;
        }
        return later == null ? settle(result) : watch(later);
    }

    private boolean isSubscription() {
        GraphQLObjectType subscription = environment.getGraphQLSchema().getSubscriptionType();
        return subscription != null && environment.getParentType() == subscription;
    }

    private CompletableFuture<@Nullable Object> watch(CompletionStage<?> later) {
        // A future of our own: what a framework does to the one it is given (cancel, obtrude) cannot skip the settling.
        CompletableFuture<@Nullable Object> settled = new CompletableFuture<>();
        later.whenComplete((value, failure) -> {
            try {
                if (failure == null) {
                    settled.complete(settle(value));
                    return;
                }
                fail();
                FileException refusal = FileErrors.find(failure);
                if (refusal == null) {
                    settled.completeExceptionally(unwrap(failure));
                } else {
                    settled.complete(FileErrors.result(List.of(FileErrors.error(environment, refusal, null))));
                }
            } catch (RuntimeException | Error e) {
                settled.completeExceptionally(e);
            }
        });
        return settled;
    }

    private @Nullable Object settle(@Nullable Object result) {
        if (result instanceof DataFetcherResult<?> withErrors
                && withErrors.hasErrors()
                && withErrors.getData() == null) {
            fail();
        } else {
            succeed();
        }
        return result;
    }

    void fail() {
        changes.settle();
        FileChanges.end(environment);
        deletion.delete(stored, "after the field failed");
    }

    private void succeed() {
        Collection<StoredFile> unneeded = changes.settle();
        FileChanges.end(environment);
        deletion.delete(unneeded, "after they were no longer needed");
    }

    /** Error handlers look at the type of an exception; the wrapping is an accident of how futures are chained. */
    private static Throwable unwrap(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }
}
