package io.graphqlfiles;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.FlowAdapters;
import org.reactivestreams.Publisher;

/** Sees every kind of asynchronous result of a data fetcher as a {@link CompletionStage}. */
final class Publishers {

    private Publishers() {}

    /** The result as a stage; a publisher is subscribed to and gives its first element or null. Null if it is neither. */
    static @Nullable CompletionStage<?> asStage(@Nullable Object result) {
        if (result instanceof CompletionStage<?> stage) {
            return stage;
        }
        if (result instanceof Publisher<?> publisher) {
            return first(FlowAdapters.toFlowPublisher(publisher));
        }
        return result instanceof Flow.Publisher<?> publisher ? first(publisher) : null;
    }

    private static <T> CompletionStage<@Nullable T> first(Flow.Publisher<T> publisher) {
        CompletableFuture<@Nullable T> first = new CompletableFuture<>();
        publisher.subscribe(new Flow.Subscriber<T>() {
            private Flow.@Nullable Subscription subscription;

            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                this.subscription = subscription;
                subscription.request(1);
            }

            @Override
            public void onNext(T item) {
                first.complete(item);
                if (subscription != null) {
                    subscription.cancel();
                }
            }

            @Override
            public void onError(Throwable failure) {
                first.completeExceptionally(failure);
            }

            @Override
            public void onComplete() {
                first.complete(null);
            }
        });
        return first;
    }
}
