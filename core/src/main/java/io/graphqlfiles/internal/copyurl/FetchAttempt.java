package io.graphqlfiles.internal.copyurl;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * One fetch from its first request to the end of its last body, with the one deadline for all of it. A socket's own
 * timeout starts again with every byte; a server that sends one now and then would never trip it.
 */
final class FetchAttempt {

    private final long maxBytes;
    private final Future<?> timer;
    private @Nullable HttpGet request;
    private @Nullable ClassicHttpResponse response;
    private boolean expired;
    private boolean closed;

    FetchAttempt(long maxBytes, Duration deadline, ScheduledExecutorService timers) {
        this.maxBytes = maxBytes;
        this.timer = timers.schedule(this::expire, deadline.toNanos(), TimeUnit.NANOSECONDS);
    }

    long maxBytes() {
        return maxBytes;
    }

    /** Takes on the next request, to be cancelled when time is up. */
    synchronized void begin(HttpGet next) throws UrlFetchException {
        if (expired) {
            throw late(null);
        }
        request = next;
    }

    synchronized void answered(ClassicHttpResponse next) {
        response = next;
    }

    private synchronized void expire() {
        if (!closed) {
            expired = true;
            breakOff();
        }
    }

    /** Ends everything and frees what it held; harmless when repeated. */
    synchronized void close() {
        if (!closed) {
            closed = true;
            timer.cancel(false);
            breakOff();
        }
    }

    synchronized void breakOff() {
        if (request != null) {
            request.cancel();
            request = null;
        }
        if (response != null) {
            try {
                response.close();
            } catch (IOException e) {
                // The connection is gone, which was the aim.
            }
            response = null;
        }
    }

    /** The failure as the client is to see it: a time-out if that was the cause. */
    UrlFetchException failed(String message, Throwable cause) {
        synchronized (this) {
            if (expired) {
                return late(cause);
            }
        }
        return UrlFetchException.unreachable(message, cause);
    }

    private static UrlFetchException late(@Nullable Throwable cause) {
        return UrlFetchException.unreachable("the content of the URL did not arrive in time", cause);
    }
}
