package io.graphqlfiles.quarkus;

import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import io.quarkus.runtime.BlockingOperationControl;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Asks the rule on a method before what reads the files of its arguments, and does nothing more if it refuses. Event
 * loops do not wait for its answer.
 */
final class GuardedDataFetcher implements DataFetcher<@Nullable Object> {

    private final MethodRule rule;
    private final DataFetcher<?> fetcher;

    GuardedDataFetcher(MethodRule rule, DataFetcher<?> fetcher) {
        this.rule = rule;
        this.fetcher = fetcher;
    }

    @Override
    public @Nullable Object get(DataFetchingEnvironment environment) throws Exception {
        if (BlockingOperationControl.isBlockingAllowed()) {
            Void unused =
                    RequestContext.during(environment, () -> rule.ask().await().indefinitely());
            return fetcher.get(environment);
        }
        Context eventLoop = Vertx.currentContext();
        return RequestContext.during(
                environment,
                () -> rule.ask()
                        // The answer may come in any thread.
                        .emitOn(task -> eventLoop.runOnContext(now -> task.run()))
                        .chain(permitted -> call(environment))
                        .subscribeAsCompletionStage());
    }

    private Uni<@Nullable Object> call(DataFetchingEnvironment environment) {
        return Uni.createFrom().completionStage(() -> {
            try {
                Object result = fetcher.get(environment);
                return result instanceof CompletionStage<?> later
                        ? later.thenApply(value -> value)
                        : CompletableFuture.completedFuture(result);
            } catch (Exception e) {
                return CompletableFuture.failedFuture(e);
            }
        });
    }
}
