package io.graphqlfiles.storage.azure;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Waits for what the vendor's client does, with a limit: the client itself has none, and repeats requests that fail.
 * Thread-safe.
 */
final class Calls {

    private final Duration limit;

    Calls(Duration limit) {
        this.limit = limit;
    }

    Duration limit() {
        return limit;
    }

    /** The same for what follows a failure, with a quarter of the time: the caller has waited for one already. */
    Calls inAHurry() {
        return new Calls(limit.dividedBy(4));
    }

    /**
     * Sends a request and waits for its answer. An interrupt does not end it, because nobody would know then what the
     * service has made of it; it is left set.
     *
     * @throws RuntimeException the client's exception, or {@link NoAnswerException} when the time is over
     */
    <T> T await(Mono<T> request) {
        T answer = awaitOrNull(request);
        if (answer == null) {
            throw new NoAnswerException("expected an answer, found none", null);
        }
        return answer;
    }

    /** The same for requests whose answer has no content. */
    <T> @Nullable T awaitOrNull(Mono<T> request) {
        CompletableFuture<T> answer = request.toFuture();
        long end = System.nanoTime() + limit.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return answer.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (TimeoutException e) {
                    // Also ends the request.
                    answer.cancel(true);
                    throw new NoAnswerException("expected an answer within " + limit.toMillis() + " ms, found none", e);
                } catch (ExecutionException e) {
                    throw unchecked(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException unchecked(@Nullable Throwable failure) {
        if (failure instanceof Error e) {
            throw e;
        }
        return failure instanceof RuntimeException e ? e : new NoAnswerException("the request failed", failure);
    }

    /** The service has not answered, or not with what can be understood. */
    static final class NoAnswerException extends RuntimeException {

        private static final long serialVersionUID = 1;

        NoAnswerException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
