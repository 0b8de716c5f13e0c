package io.graphqlfiles.internal.tus;

import io.graphqlfiles.internal.endpoint.EndpointRefusal;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is with an upload, on this node. Who comes later goes first: it ends a request that still receives, as
 * that is nearly always an old connection of the same client, which the server does not yet know to be dead. Other
 * nodes know nothing of it; there the store decides (see {@code SequentialUpload}).
 */
final class TusTurns {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ConcurrentHashMap<String, Upload> uploads = new ConcurrentHashMap<>();

    private static final class Upload {

        private final ReentrantLock entry = new ReentrantLock();
        private final AtomicReference<@Nullable TusReceiver> receiving = new AtomicReference<>();
        /** Guarded by the map. */
        private int visits;
    }

    /**
     * Waits until nobody else changes the upload.
     *
     * @throws EndpointRefusal if that takes too long
     */
    Turn take(String key) throws EndpointRefusal {
        Turn turn = new Turn(key);
        try {
            turn.enter();
            return turn;
        } catch (EndpointRefusal | RuntimeException e) {
            turn.close();
            throw e;
        }
    }

    /** What is done in one turn. */
    interface Work<T> {
        T run() throws IOException, EndpointRefusal;
    }

    /** Does something while nobody else changes the upload; as {@link #take} otherwise. */
    <T> T alone(String key, Work<T> work) throws IOException, EndpointRefusal {
        Turn turn = take(key);
        try {
            return work.run();
        } finally {
            turn.close();
        }
    }

    /** How many uploads are being looked at or received. */
    int count() {
        return uploads.size();
    }

    /** For one thread. */
    final class Turn implements AutoCloseable {

        private final String key;
        private final Upload upload;
        private @Nullable TusReceiver mine;

        private Turn(String key) {
            this.key = key;
            this.upload = uploads.compute(key, (same, known) -> {
                Upload entered = known == null ? new Upload() : known;
                entered.visits++;
                return entered;
            });
        }

        private void enter() throws EndpointRefusal {
            try {
                if (!upload.entry.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw locked();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw locked();
            }
            TusReceiver other = upload.receiving.get();
            if (other != null && !other.end(PATIENCE)) {
                throw locked();
            }
        }

        private static EndpointRefusal locked() {
            return new EndpointRefusal(423, "Another request is storing a part of the upload; try again.", 1);
        }

        /** From now on others may come; they end this receiver first. */
        void receive(TusReceiver receiver) {
            mine = receiver;
            upload.receiving.set(receiver);
            upload.entry.unlock();
        }

        @Override
        public void close() {
            if (upload.entry.isHeldByCurrentThread()) {
                upload.entry.unlock();
            }
            if (mine != null) {
                upload.receiving.compareAndSet(mine, null);
            }
            uploads.computeIfPresent(key, (same, known) -> --known.visits == 0 ? null : known);
        }
    }
}
