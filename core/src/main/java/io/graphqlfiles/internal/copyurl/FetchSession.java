package io.graphqlfiles.internal.copyurl;

import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * The fetches of one request. All of them have one time to share, which runs while at least one is in progress, and
 * take one of the places that the server has for requests that fetch. Thread-safe.
 */
public final class FetchSession {

    private final UrlFetcher fetcher;
    private final Semaphore places;
    private long nanosLeft;
    private long since;
    private int underWay;

    FetchSession(UrlFetcher fetcher, Semaphore places, Duration time) {
        this.fetcher = fetcher;
        this.places = places;
        this.nanosLeft = time.toNanos();
    }

    /**
     * Asks for a URL and follows redirects until content begins. Blocks until then, and never longer than the time that
     * the request has left.
     *
     * @param url as a client wrote it
     * @param maxBytes the longest content, inclusive
     * @return the content, to be closed by the caller
     * @throws UrlFetchException if the URL is none, is forbidden, unreachable or announces more than {@code maxBytes},
     *     or if the server has no place for another request that fetches; nothing is left open then
     */
    public FetchedUrl fetch(String url, long maxBytes) throws UrlFetchException {
        WebUrl target;
        try {
            target = WebUrl.parse(url);
        } catch (IllegalArgumentException e) {
            throw UrlFetchException.forbidden(String.valueOf(e.getMessage()));
        }
        FetchAttempt attempt = begin(maxBytes);
        FetchedUrl fetched = null;
        try {
            fetched = fetcher.fetch(target, attempt);
            return fetched;
        } finally {
            if (fetched == null) {
                attempt.close();
            }
        }
    }

    private synchronized FetchAttempt begin(long maxBytes) throws UrlFetchException {
        long now = System.nanoTime();
        if (underWay == 0) {
            since = now;
        }
        long left = nanosLeft - (now - since);
        if (left <= 0) {
            throw FetchAttempt.late(null);
        }
        // Not waited for: what waits holds a thread of the server as well.
        if (underWay == 0 && !places.tryAcquire()) {
            throw UrlFetchException.busy();
        }
        underWay++;
        return fetcher.newAttempt(maxBytes, Duration.ofNanos(left), this::end);
    }

    private synchronized void end() {
        underWay--;
        if (underWay == 0) {
            nanosLeft -= System.nanoTime() - since;
            places.release();
        }
    }
}
