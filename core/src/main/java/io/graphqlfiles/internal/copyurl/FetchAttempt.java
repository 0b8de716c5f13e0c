package io.graphqlfiles.internal.copyurl;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * One fetch from its first look-up to the end of its last body, with one deadline for all of it. A socket's own timeout
 * starts again with every byte; a server that sends one now and then would never trip it. So at the deadline whatever
 * the fetch waits for is broken off: a look-up, a connection that is not accepted, a handshake, a body.
 */
final class FetchAttempt {

    private static final ThreadLocal<@Nullable FetchAttempt> CURRENT = new ThreadLocal<>();

    private final long maxBytes;
    private final Runnable onClose;
    private final Future<?> timer;
    /** Not a monitor: closing a connection may block, and would hold the carrier of a virtual thread. */
    private final ReentrantLock lock = new ReentrantLock();

    private @Nullable Closeable underWay;
    private @Nullable HttpGet request;
    private @Nullable ClassicHttpResponse response;
    private boolean expired;
    private boolean closed;

    /** @param onClose called once, when the fetch has ended in any way */
    FetchAttempt(long maxBytes, Duration deadline, ScheduledExecutorService timers, Runnable onClose) {
        this.maxBytes = maxBytes;
        this.onClose = onClose;
        this.timer = timers.schedule(this::expire, deadline.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** A step of a fetch that cannot be given it: the HTTP client calls resolver and sockets on its own. */
    interface Step<T> {
        T run() throws IOException;
    }

    /** Runs a step in which {@link #waitsFor} is meant for this attempt. */
    <T> T run(Step<T> step) throws IOException {
        CURRENT.set(this);
        try {
            return step.run();
        } finally {
            CURRENT.remove();
        }
    }

    /** What the attempt of this thread waits for from now on, in place of what it waited for before. */
    static void waitsFor(Closeable next) throws IOException {
        FetchAttempt current = CURRENT.get();
        if (current != null) {
            current.replace(next);
        }
    }

    private void replace(Closeable next) throws IOException {
        lock.lock();
        try {
            underWay = next;
            if (expired || closed) {
                next.close();
            }
        } finally {
            lock.unlock();
        }
    }

    long maxBytes() {
        return maxBytes;
    }

    /** Takes on the next request, to be cancelled when time is up. */
    void begin(HttpGet next) throws UrlFetchException {
        lock.lock();
        try {
            if (expired) {
                throw late(null);
            }
            request = next;
        } finally {
            lock.unlock();
        }
    }

    void answered(ClassicHttpResponse next) {
        lock.lock();
        try {
            response = next;
        } finally {
            lock.unlock();
        }
    }

    private void expire() {
        lock.lock();
        try {
            if (!closed) {
                expired = true;
                breakOff();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends everything and frees what it held; harmless when repeated. */
    void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            timer.cancel(false);
            breakOff();
        } finally {
            lock.unlock();
        }
        onClose.run();
    }

    void breakOff() {
        lock.lock();
        try {
            // The socket first: closing a response politely may wait for the other side.
            close(underWay);
            underWay = null;
            if (request != null) {
                request.cancel();
                request = null;
            }
            close(response);
            response = null;
        } finally {
            lock.unlock();
        }
    }

    private static void close(@Nullable Closeable closeable) {
        if (closeable != null) {
            try {
                closeable.close();
            } catch (IOException e) {
                // The connection is gone, which was the aim.
            }
        }
    }

    /** The failure as the client is to see it: a time-out if that was the cause. */
    UrlFetchException failed(String message, Throwable cause) {
        return isExpired() ? late(cause) : UrlFetchException.unreachable(message, cause);
    }

    /** The refusal, unless time was up. */
    UrlFetchException failed(UrlFetchException refusal) {
        return isExpired() ? late(refusal) : refusal;
    }

    private boolean isExpired() {
        lock.lock();
        try {
            return expired;
        } finally {
            lock.unlock();
        }
    }

    static UrlFetchException late(@Nullable Throwable cause) {
        return UrlFetchException.unreachable("the content of the URL did not arrive in time", cause);
    }
}
