package io.graphqlfiles.internal.copyurl;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Looks up hosts in threads of its own: the platform's look-up cannot be interrupted, and one that hangs must not hold
 * the thread of a request. How many can hang at once is bounded. Thread-safe.
 */
final class HostLookups implements HostResolver, AutoCloseable {

    private static final Duration KEPT = Duration.ofSeconds(10);

    private final HostResolver resolver;
    private final Duration timeout;
    private final ThreadPoolExecutor threads;

    /**
     * @param timeout how long a look-up is waited for
     * @param maxThreads how many may be in progress at once, those included that nobody waits for any more
     */
    HostLookups(HostResolver resolver, Duration timeout, int maxThreads) {
        this.resolver = resolver;
        this.timeout = timeout;
        AtomicInteger count = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                0, maxThreads, KEPT.toMillis(), TimeUnit.MILLISECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "graphql-files-copy-url-look-up-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /**
     * @throws UnknownHostException if there is no such host, its look-up takes too long or there are too many at once
     */
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        Future<InetAddress[]> lookup;
        try {
            lookup = threads.submit(() -> resolver.resolve(host));
        } catch (RejectedExecutionException e) {
            throw new RefusedHostException(UrlFetchException.busy());
        }
        try {
            FetchAttempt.waitsFor(() -> lookup.cancel(true));
            return lookup.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown(host, e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof UnknownHostException unknown ? unknown : unknown(host, e);
        } catch (IOException | CancellationException | TimeoutException e) {
            throw unknown(host, e);
        } finally {
            lookup.cancel(true);
        }
    }

    private static UnknownHostException unknown(String host, Exception cause) {
        UnknownHostException unknown = new UnknownHostException(host);
        unknown.initCause(cause);
        return unknown;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
