package io.graphqlfiles.vertx;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request for a thread that may block. The client is asked for more as it is read: what the store does
 * not take stays on the connection. For one reader; closed by whoever likes.
 */
final class RequestBodyStream extends InputStream {

    /** As much is received while the reader is busy, and one buffer more. */
    private static final int AHEAD = 64 * 1024;

    private final HttpServerRequest request;
    private final Context context;
    private final Duration patience;

    /** Held for a few instructions, also by the event loop. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition hasChanged = lock.newCondition();

    // Guarded by the lock.
    private final Queue<Buffer> received = new ArrayDeque<>();
    private int receivedBytes;
    private boolean isPaused;
    private boolean hasEnded;
    private @Nullable Throwable failure;
    private @Nullable Long closesAt;
    private boolean isClosed;

    // The reader's own.
    private Buffer current = Buffer.buffer(0);
    private int position;

    private RequestBodyStream(HttpServerRequest request, Context context, Duration patience) {
        this.request = request;
        this.context = context;
        this.patience = patience;
    }

    /**
     * Begins to receive. To be called on the context of the request, before anything has been received.
     *
     * @param patience how long a read waits
     */
    static RequestBodyStream of(HttpServerRequest request, Context context, Duration patience) {
        RequestBodyStream stream = new RequestBodyStream(request, context, patience);
        request.pause();
        if (request.isEnded()) {
            stream.end(null);
            return stream;
        }
        request.handler(stream::receive);
        request.endHandler(end -> stream.end(null));
        request.exceptionHandler(stream::end);
        request.fetch(1);
        return stream;
    }

    private void receive(Buffer buffer) {
        boolean wantsMore;
        lock.lock();
        try {
            if (!isClosed) {
                received.add(buffer);
                receivedBytes += buffer.length();
            }
            wantsMore = receivedBytes < AHEAD && !isClosed;
            isPaused = !wantsMore;
            hasChanged.signalAll();
        } finally {
            lock.unlock();
        }
        if (wantsMore) {
            request.fetch(1);
        }
    }

    private void end(@Nullable Throwable cause) {
        lock.lock();
        try {
            hasEnded = true;
            failure = cause;
            hasChanged.signalAll();
        } finally {
            lock.unlock();
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
     * @throws ClientTooSlowException if nothing has been received for too long; it is closed then
     * @throws IOException if the client has gone, if it is closed, or if the thread is interrupted; it is closed then
     */
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        while (position == current.length()) {
            Buffer next = next();
            if (next == null) {
                return -1;
            }
            current = next;
            position = 0;
        }
        int count = Math.min(length, current.length() - position);
        current.getBytes(position, position + count, target, offset);
        position += count;
        return count;
    }

    @Override
    public int available() {
        return current.length() - position;
    }

    /** Whether all of it was received, so that the connection can be used again. */
    boolean hasEnded() {
        lock.lock();
        try {
            return hasEnded;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for bytes; null at the end. */
    private @Nullable Buffer next() throws IOException {
        lock.lock();
        try {
            Buffer next = await();
            if (isPaused && receivedBytes < AHEAD) {
                isPaused = false;
                context.runOnContext(again -> request.fetch(1));
            }
            return next;
        } catch (IOException e) {
            isClosed = true;
            throw e;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Buffer await() throws IOException {
        long start = System.nanoTime();
        while (true) {
            long now = System.nanoTime();
            if (isClosed || (closesAt != null && now - closesAt >= 0)) {
                throw new IOException("The body of the request is closed");
            }
            Buffer next = received.poll();
            if (next != null) {
                receivedBytes -= next.length();
                return next;
            }
            if (hasEnded) {
                if (failure != null) {
                    throw new IOException("The connection broke", failure);
                }
                return null;
            }
            long left = patience.toNanos() - (now - start);
            if (left <= 0) {
                throw new ClientTooSlowException();
            }
            waitFor(closesAt == null ? left : Math.min(left, closesAt - now));
        }
    }

    @SuppressWarnings("WaitNotInLoop") // the caller has the loop
    private void waitFor(long nanos) throws IOException {
        try {
            boolean unused = hasChanged.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while the client was waited for", e);
        }
    }

    /** Ends in that time at the latest: a reader finds it closed then, also one that waits. */
    void closeAfter(Duration time) {
        lock.lock();
        try {
            closesAt = System.nanoTime() + time.toNanos();
            hasChanged.signalAll();
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
            received.clear();
            receivedBytes = 0;
            hasChanged.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
