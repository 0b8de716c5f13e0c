package io.graphqlfiles.storage.s3;

import io.graphqlfiles.internal.buffer.Piece;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** The parts of one upload, several in progress at once. Used by one thread, which gives the work to others. */
final class ParallelParts {

    private final Executor threads;
    private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
    private final List<CompletedPart> completed = new ArrayList<>();
    private int underWay;

    ParallelParts(Executor threads) {
        this.threads = threads;
    }

    /**
     * Starts to send a part; does so in this thread when the others are busy.
     *
     * @param piece closed when the part has been sent, or could not be; null if the part has none
     */
    void start(Supplier<CompletedPart> part, @Nullable Piece piece) {
        underWay++;
        threads.execute(() -> {
            Outcome outcome = Outcome.of(part);
            if (piece != null) {
                piece.close();
            }
            outcomes.add(outcome);
        });
    }

    /**
     * Takes note of the parts that have been sent.
     *
     * @throws RuntimeException what one of them has failed with
     */
    void settle() {
        for (Outcome outcome = outcomes.poll(); outcome != null; outcome = outcomes.poll()) {
            settle(outcome);
        }
    }

    /**
     * Waits for all parts.
     *
     * @return in the order of their numbers
     * @throws RuntimeException what one of them has failed with
     */
    List<CompletedPart> await() throws InterruptedException {
        while (underWay > 0) {
            settle(outcomes.take());
        }
        completed.sort(Comparator.comparing(CompletedPart::partNumber));
        return completed;
    }

    /** Waits until no part is in progress, however each ended, and whether or not this thread is interrupted. */
    void awaitEnd() {
        boolean interrupted = false;
        while (underWay > 0) {
            try {
                outcomes.take();
                underWay--;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void settle(Outcome outcome) {
        underWay--;
        if (outcome.failure() != null) {
            throw outcome.failure();
        }
        if (outcome.part() != null) {
            completed.add(outcome.part());
        }
    }

    /** How a part has ended: with itself or with a failure. */
    private record Outcome(
            @Nullable CompletedPart part, @Nullable RuntimeException failure) {

        static Outcome of(Supplier<CompletedPart> part) {
            try {
                return new Outcome(part.get(), null);
            } catch (RuntimeException e) {
                return new Outcome(null, e);
            } catch (Error e) {
                // The thread that waits must hear of it, or it waits forever.
                return new Outcome(null, new IllegalStateException("a part could not be sent", e));
            }
        }
    }
}
