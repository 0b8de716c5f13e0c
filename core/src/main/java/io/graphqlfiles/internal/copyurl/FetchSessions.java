package io.graphqlfiles.internal.copyurl;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Begins the fetches of requests. What fetches is made with the first of them: an application's start needs none of it,
 * and many applications never do. Thread-safe.
 */
public final class FetchSessions implements AutoCloseable {

    private final UrlFetcher.Builder settings;
    private final ReentrantLock lock = new ReentrantLock();

    private @Nullable UrlFetcher fetcher;
    private boolean closed;

    /** @param settings not to be changed any more */
    public FetchSessions(UrlFetcher.Builder settings) {
        this.settings = settings;
    }

    /** The defaults, to be changed; not by way of the fetcher, which would be loaded with what it is made of. */
    public static UrlFetcher.Builder newSettings() {
        return new UrlFetcher.Builder();
    }

    /** See {@link UrlFetcher#newSession}. */
    public FetchSession newSession() {
        return fetcher().newSession();
    }

    private UrlFetcher fetcher() {
        lock.lock();
        try {
            if (fetcher == null) {
                fetcher = settings.build();
                if (closed) {
                    fetcher.close();
                }
            }
            return fetcher;
        } finally {
            lock.unlock();
        }
    }

    /** Breaks off whatever is in progress and frees threads and sockets. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (fetcher != null) {
                fetcher.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
