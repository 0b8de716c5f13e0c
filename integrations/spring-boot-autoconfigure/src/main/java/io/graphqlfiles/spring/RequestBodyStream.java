package io.graphqlfiles.spring;

import io.graphqlfiles.spring.ReceivedBytes.Piece;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The body of a reactive request for a thread that may block: the client is asked for more as it is read. The server's
 * buffers are copied and given back in the server's own thread: Netty pools them by thread, and frees and allocates
 * memory for each of them when another thread gives them back. Not by {@code PartEvent}s, of which Spring loses some
 * when they are asked for by another thread than the server's; Reactor's {@code bufferUntil} fails then, now and then.
 *
 * <p>A read that waits too long breaks the body off: servers on Reactor have no limit of their own, and threads are
 * few. For one reader; closed by whoever likes.
 */
final class RequestBodyStream extends InputStream {

    /** As much is received while the reader is busy, and one buffer more; as much again is with the reader. */
    private static final int AHEAD = 64 * 1024;

    private final Duration patience;
    private final LongSupplier nanoClock;
    private final Sinks.Empty<Void> begun = Sinks.empty();
    private final Receiver receiver = new Receiver();
    private final ReceivedBytes received = new ReceivedBytes();

    /** Whether the server waits until it is asked for more. */
    private final AtomicBoolean isPaused = new AtomicBoolean();

    private @Nullable Throwable failure;
    /** Written after the failure. */
    private volatile boolean hasEnded;

    private volatile boolean isClosed;
    private volatile @Nullable Long closesAt;
    private volatile @Nullable Thread waiting;

    // The reader's own.
    private Piece current = new Piece();
    private int position;

    private RequestBodyStream(Duration patience, LongSupplier nanoClock) {
        this.patience = patience;
        this.nanoClock = nanoClock;
    }

    /**
     * Asks for the first bytes at once. To be closed, or the client may wait for ever.
     *
     * @param patience how long a read waits
     */
    static RequestBodyStream of(Publisher<DataBuffer> body, Duration patience) {
        return subscribe(body, null, new RequestBodyStream(patience, System::nanoTime));
    }

    /**
     * The same of a body that is read only when it {@linkplain #begun() has begun}: until the gate opens, all is kept.
     *
     * @param gate not used further by the caller
     */
    static RequestBodyStream behind(
            OperationsGate gate, Publisher<DataBuffer> body, Duration patience, LongSupplier nanoClock) {
        return subscribe(body, gate, new RequestBodyStream(patience, nanoClock));
    }

    private static RequestBodyStream subscribe(
            Publisher<DataBuffer> body, @Nullable OperationsGate gate, RequestBodyStream stream) {
        stream.receiver.gate = gate;
        body.subscribe(stream.receiver);
        return stream;
    }

    /** Completes when the gate opens, also if the body ends or breaks off before. */
    Mono<Void> begun() {
        return begun.asMono();
    }

    /** The client has sent nothing for too long. */
    static final class ClientTooSlowException extends IOException {

        private static final long serialVersionUID = 1;

        ClientTooSlowException() {
            super("The client has stopped sending");
        }
    }

    /** In the server's threads. */
    private final class Receiver extends BaseSubscriber<DataBuffer> {

        private @Nullable OperationsGate gate;

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            subscription.request(1);
        }

        @Override
        protected void hookOnNext(DataBuffer buffer) {
            int length;
            try {
                if (isClosed) {
                    return;
                }
                Piece piece = received.add(buffer);
                length = piece.length();
                if (gate != null && gate.opensAt(piece.bytes(), length)) {
                    gate = null;
                }
                received.publish(piece);
            } finally {
                DataBufferUtils.release(buffer);
            }
            wakeReader();
            if (gate != null) {
                request(1);
                return;
            }
            begun.tryEmitEmpty();
            if (length < AHEAD) {
                request(1);
                return;
            }
            isPaused.set(true);
            if (received.isTaken()) { // and perhaps before the reader could see the pause
                resume();
            }
        }

        @Override
        protected void hookOnComplete() {
            end(null);
        }

        @Override
        protected void hookOnError(Throwable cause) {
            end(cause);
        }

        private void end(@Nullable Throwable cause) {
            failure = cause;
            hasEnded = true;
            wakeReader();
            begun.tryEmitEmpty();
        }
    }

    private void resume() {
        if (isPaused.compareAndSet(true, false)) {
            receiver.request(1);
        }
    }

    private void wakeReader() {
        Thread reader = waiting;
        if (reader != null) {
            LockSupport.unpark(reader);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /**
     * {@inheritDoc}
     *
     * @throws ClientTooSlowException if nothing has come for too long; it is closed then
     * @throws IOException if the client has gone, if it is closed, or if the thread is interrupted; it is closed then
     */
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (position == current.length()) {
            Piece next = next();
            if (next == null) {
                return -1;
            }
            received.reuse(current);
            current = next;
            position = 0;
            resume();
        }
        int count = Math.min(length, current.length() - position);
        System.arraycopy(current.bytes(), position, target, offset, count);
        position += count;
        return count;
    }

    @Override
    public int available() {
        return current.length() - position;
    }

    /** Waits for bytes; null at the end. */
    private @Nullable Piece next() throws IOException {
        waiting = Thread.currentThread();
        try {
            return await();
        } catch (IOException e) {
            close();
            throw e;
        } finally {
            waiting = null;
        }
    }

    private @Nullable Piece await() throws IOException {
        long start = nanoClock.getAsLong();
        while (true) {
            long now = nanoClock.getAsLong();
            Long end = closesAt;
            if (isClosed || (end != null && now - end >= 0)) {
                throw new IOException("The body of the request is closed");
            }
            boolean isLast = hasEnded; // before the look, or bytes could come between them
            Piece piece = received.take();
            if (piece != null) {
                return piece;
            }
            if (isLast) {
                if (failure != null) {
                    throw new IOException("The connection broke", failure);
                }
                return null;
            }
            long left = patience.toNanos() - (now - start);
            if (left <= 0) {
                throw new ClientTooSlowException();
            }
            LockSupport.parkNanos(this, end == null ? left : Math.min(left, end - now));
            if (Thread.currentThread().isInterrupted()) {
                throw new IOException("Interrupted while the client was waited for");
            }
        }
    }

    /** Ends in that time at the latest: a reader finds it closed then, also one that waits. */
    void closeAfter(Duration time) {
        closesAt = nanoClock.getAsLong() + time.toNanos();
        wakeReader();
    }

    /** Wakes a reader. What is left is not received. */
    @Override
    public void close() {
        isClosed = true;
        receiver.cancel();
        wakeReader();
        begun.tryEmitEmpty();
    }
}
