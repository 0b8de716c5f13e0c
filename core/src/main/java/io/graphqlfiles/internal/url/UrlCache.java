package io.graphqlfiles.internal.url;

import io.graphqlfiles.spi.DirectAccess;
import io.graphqlfiles.spi.SignedUrl;
import java.net.URI;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Signed URLs of the present window. Bounded, by two generations: when the young one is full it becomes the old one,
 * whose entries are forgotten unless they are asked for before the next is full. Reads take no lock; two threads that
 * sign the same URL at once make the same URL.
 */
public final class UrlCache {

    /**
     * What a URL is for.
     *
     * @param disposition null for the stored one
     * @param base what relative URLs were made absolute with; null if they were not, or with what is configured
     * @param signer null for the store's own
     */
    record Key(
            String store,
            String key,
            @Nullable String disposition,
            @Nullable URI base,
            @Nullable DirectAccess signer) {

        Key(String store, String key, @Nullable String disposition, @Nullable URI base) {
            this(store, key, disposition, base, null);
        }
    }

    private record Generations(long window, ConcurrentHashMap<Key, Entry> young, ConcurrentHashMap<Key, Entry> old) {}

    private record Entry(SignedUrl url, long keptUntil) {}

    private final int maxYoung;
    private volatile Generations generations;

    /** @param maxEntries how many URLs are kept at most, rounded up to an even number; 0 for none */
    public UrlCache(int maxEntries) {
        this.maxYoung = maxEntries / 2 + maxEntries % 2;
        this.generations = new Generations(Long.MIN_VALUE, new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
    }

    /**
     * The URL as it was put in this window; null if it was not, or is forgotten.
     *
     * @param now seconds since the epoch
     */
    @Nullable
    SignedUrl get(long window, Key key, long now) {
        Generations present = generations;
        if (present.window != window) {
            return null;
        }
        Entry entry = present.young.get(key);
        if (entry == null) {
            entry = present.old.get(key);
            if (entry != null) {
                put(window, key, entry);
            }
        }
        return entry == null || now >= entry.keptUntil ? null : entry.url;
    }

    /** @param keptUntil exclusive, in seconds since the epoch; the end of the window at the latest */
    void put(long window, Key key, SignedUrl url, long keptUntil) {
        put(window, key, new Entry(url, keptUntil));
    }

    private void put(long window, Key key, Entry entry) {
        if (maxYoung == 0) {
            return;
        }
        Generations present = generations;
        if (present.window != window || present.young.mappingCount() >= maxYoung) {
            present = next(window);
        }
        present.young.put(key, entry);
    }

    private synchronized Generations next(long window) {
        Generations present = generations;
        if (present.window != window) {
            // What has ended goes at once, however few there were. As many are likely to come again.
            present = new Generations(window, new ConcurrentHashMap<>(present.young.size()), new ConcurrentHashMap<>());
        } else if (present.young.mappingCount() >= maxYoung) {
            present = new Generations(window, new ConcurrentHashMap<>(), present.young);
        }
        generations = present;
        return present;
    }

    /** How many URLs are kept. */
    int size() {
        Generations present = generations;
        return present.young.size() + present.old.size();
    }

    /** Names no URL. */
    @Override
    public String toString() {
        return "UrlCache[" + size() + "]";
    }
}
