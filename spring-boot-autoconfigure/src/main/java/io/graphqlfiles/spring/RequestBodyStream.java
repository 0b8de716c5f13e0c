package io.graphqlfiles.spring;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
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
 * when they are asked for by another thread than the server's.
 *
 * <p>A read that waits too long breaks the body off: servers on Reactor have no limit of their own, and threads are
 * few. For one reader; closed by whoever likes.
 */
final class RequestBodyStream extends InputStream {

    /** As much is received while the reader is busy, and one buffer more; as much again is with the reader. */
    private static final int AHEAD = 64 * 1024;

    private static final int SMALL = 4 * 1024;

    private final Duration patience;
    private final LongSupplier nanoClock;
    private final Sinks.Empty<Void> begun = Sinks.empty();
    private final Receiver receiver = new Receiver();
    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // What both threads see, under the lock.
    private byte[] received = new byte[SMALL];
    private int receivedLength;
    private @Nullable OperationsGate gate;
    private boolean isAsked = true;
    private boolean hasEnded;
    private boolean isClosed;
    private @Nullable Throwable failure;
    private @Nullable Long closesAt;

    // The reader's own.
    private byte[] current = new byte[SMALL];
    private int position;
    private int limit;

    private RequestBodyStream(@Nullable OperationsGate gate, Duration patience, LongSupplier nanoClock) {
        this.gate = gate;
        this.patience = patience;
        this.nanoClock = nanoClock;
    }

    /**
     * Asks for the first bytes at once. To be closed, or the client may wait for ever.
     *
     * @param patience how long a read waits
     */
    static RequestBodyStream of(Publisher<DataBuffer> body, Duration patience) {
        return subscribe(body, new RequestBodyStream(null, patience, System::nanoTime));
    }

    /**
     * The same of a body that is read only when it {@linkplain #begun() has begun}: until the gate opens, all is kept.
     *
     * @param gate not used further by the caller
     */
    static RequestBodyStream behind(
            OperationsGate gate, Publisher<DataBuffer> body, Duration patience, LongSupplier nanoClock) {
        return subscribe(body, new RequestBodyStream(gate, patience, nanoClock));
    }

    private static RequestBodyStream subscribe(Publisher<DataBuffer> body, RequestBodyStream stream) {
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

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            subscription.request(1);
        }

        @Override
        protected void hookOnNext(DataBuffer buffer) {
            boolean opens;
            boolean asks;
            lock.lock();
            try {
                append(buffer);
                opens = gate != null && gate.opensAt(received, receivedLength);
                if (opens) {
                    gate = null;
                }
                asks = !isClosed && (receivedLength < AHEAD || gate != null);
                isAsked = asks;
                changed.signal();
            } finally {
                lock.unlock();
                DataBufferUtils.release(buffer);
            }
            if (opens) {
                begun.tryEmitEmpty();
            }
            if (asks) {
                request(1);
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
    }

    private void append(DataBuffer buffer) {
        if (isClosed) {
            return;
        }
        int count = buffer.readableByteCount();
        if (receivedLength + count > received.length) {
            received = Arrays.copyOf(received, Math.max(receivedLength + count, 2 * received.length));
        }
        buffer.read(received, receivedLength, count);
        receivedLength += count;
    }

    private void end(@Nullable Throwable cause) {
        lock.lock();
        try {
            hasEnded = true;
            failure = cause;
            gate = null;
            changed.signal();
        } finally {
            lock.unlock();
        }
        begun.tryEmitEmpty();
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
     * @throws IOException if the client has gone, or if it is closed
     */
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (position == limit && !advance()) {
            return -1;
        }
        int count = Math.min(length, limit - position);
        System.arraycopy(current, position, target, offset, count);
        position += count;
        return count;
    }

    @Override
    public int available() {
        return limit - position;
    }

    private boolean advance() throws IOException {
        boolean asks;
        try {
            lock.lock();
            try {
                if (!awaitBytes()) {
                    return false;
                }
                takeReceived();
                asks = !isAsked && !hasEnded;
                isAsked |= asks;
            } finally {
                lock.unlock();
            }
        } catch (IOException e) {
            close();
            throw e;
        }
        if (asks) {
            receiver.request(1);
        }
        return true;
    }

    /** The server's threads go on with the array that has been read. */
    private void takeReceived() {
        byte[] read = current;
        current = received;
        limit = receivedLength;
        position = 0;
        received = read;
        receivedLength = 0;
    }

    /** False at the end. */
    private boolean awaitBytes() throws IOException {
        long start = nanoClock.getAsLong();
        while (!hasBytes() && !hasEnded) {
            long now = nanoClock.getAsLong();
            long left = patience.toNanos() - (now - start);
            if (left <= 0) {
                throw new ClientTooSlowException();
            }
            try {
                long unused = changed.awaitNanos(closesAt == null ? left : Math.min(left, closesAt - now));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("Interrupted while the client was waited for", e);
            }
        }
        return receivedLength > 0;
    }

    private boolean hasBytes() throws IOException {
        if (isClosed || isPast(closesAt)) {
            throw new IOException("The body of the request is closed");
        }
        if (receivedLength == 0 && failure != null) {
            throw new IOException("The connection broke", failure);
        }
        return receivedLength > 0;
    }

    private boolean isPast(@Nullable Long time) {
        return time != null && nanoClock.getAsLong() - time >= 0;
    }

    /** Ends in that time at the latest: a reader finds it closed then, also one that waits. */
    void closeAfter(Duration time) {
        lock.lock();
        try {
            closesAt = nanoClock.getAsLong() + time.toNanos();
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Wakes a reader. What is left is not received. */
    @Override
    public void close() {
        lock.lock();
        try {
            isClosed = true;
            received = new byte[0];
            receivedLength = 0;
            gate = null;
            changed.signal();
        } finally {
            lock.unlock();
        }
        receiver.cancel();
        begun.tryEmitEmpty();
    }
}
