package io.graphqlfiles.internal.ingest;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.FlowAdapters;
import org.reactivestreams.Publisher;

/** Sees every kind of asynchronous result of a data fetcher as a {@link CompletionStage}. */
final class Publishers {

    private Publishers() {}

    /**
     * The result as a stage; null if it is neither a stage nor a publisher. A publisher is subscribed to and gives its
     * only element, or null, once it has completed: one that emits inside a transaction commits after its element. Of
     * several the first is given.
     */
    static @Nullable CompletionStage<?> asStage(@Nullable Object result) {
        if (result instanceof CompletionStage<?> stage) {
            return stage;
        }
        if (result instanceof Publisher<?> publisher) {
            return subscribe(FlowAdapters.toFlowPublisher(publisher));
        }
        return result instanceof Flow.Publisher<?> publisher ? subscribe(publisher) : null;
    }

    private static <T> CompletionStage<@Nullable T> subscribe(Flow.Publisher<T> publisher) {
        OnlyElement<T> element = new OnlyElement<>();
        publisher.subscribe(element);
        return element.result;
    }

    /** The reactive streams rules promise that its methods are called one after the other. */
    private static final class OnlyElement<T> implements Flow.Subscriber<T> {

        final CompletableFuture<@Nullable T> result = new CompletableFuture<>();
        private Flow.@Nullable Subscription subscription;
        private @Nullable T first;

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            this.subscription = subscription;
            // The second is asked for only to see that there is none.
            subscription.request(2);
        }

        @Override
        public void onNext(T element) {
            if (first == null) {
                first = element;
                return;
            }
            if (subscription != null) {
                subscription.cancel();
            }
            result.complete(first);
        }

        @Override
        public void onError(Throwable failure) {
            result.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            result.complete(first);
        }
    }
}
