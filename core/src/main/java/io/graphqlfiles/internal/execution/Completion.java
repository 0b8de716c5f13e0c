package io.graphqlfiles.internal.execution;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Completes what the engine waits for with what a data fetcher returned. */
public final class Completion {

    private Completion() {}

    /** Completes {@code later} with a result, or if that is still pending, with its outcome. */
    public static void of(CompletableFuture<@Nullable Object> later, @Nullable Object result) {
        if (!(result instanceof CompletionStage<?> pending)) {
            later.complete(result);
            return;
        }
        pending.whenComplete((value, failure) -> {
            if (failure == null) {
                later.complete(value);
            } else {
                later.completeExceptionally(failure);
            }
        });
    }
}
