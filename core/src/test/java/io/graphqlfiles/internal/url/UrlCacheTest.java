package io.graphqlfiles.internal.url;

import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.spi.SignedUrl;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UrlCacheTest {

    private static final URI BASE = URI.create("https://shop.example.com");
    private final UrlCache cache = new UrlCache(10);

    private static UrlCache.Key key(int number) {
        return new UrlCache.Key("default", "private/" + number, null, null);
    }

    private static SignedUrl url(int number) {
        return new SignedUrl("https://store.test/" + number, null);
    }

    private void put(long window, int number) {
        cache.put(window, key(number), url(number), Long.MAX_VALUE);
    }

    @Test
    void get_whatWasPut() {
        put(0, 1);

        assertThat(cache.get(0, key(1), 0)).isEqualTo(url(1));
        assertThat(cache.get(0, key(2), 0)).isNull();
    }

    @Test
    void get_everyPartOfTheKeyCounts() {
        put(0, 1);

        assertThat(cache.get(0, new UrlCache.Key("archive", "private/1", null, null), 0))
                .isNull();
        assertThat(cache.get(0, new UrlCache.Key("default", "private/1", "attachment", null), 0))
                .isNull();
        assertThat(cache.get(0, new UrlCache.Key("default", "private/1", null, BASE), 0))
                .isNull();
    }

    @Test
    void get_otherWindow() {
        put(3600, 1);

        assertThat(cache.get(7200, key(1), 7200)).isNull();
    }

    @Test
    void put_nextWindow_forgetsTheOneBeforeAtOnce() {
        for (int i = 0; i < 8; i++) {
            put(0, i);
        }

        put(3600, 100);

        assertThat(cache.size()).isEqualTo(1);
        assertThat(cache.get(0, key(1), 0)).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 1000})
    void put_neverMoreThanPermitted(int maxEntries) {
        UrlCache bounded = new UrlCache(maxEntries);
        for (int i = 0; i < 5000; i++) {
            bounded.put(0, key(i), url(i), Long.MAX_VALUE);
            assertThat(bounded.size()).isLessThanOrEqualTo(maxEntries + maxEntries % 2);
        }

        assertThat(bounded.get(0, key(4999), 0)).isEqualTo(url(4999));
        assertThat(bounded.get(0, key(0), 0)).isNull();
    }

    @Test
    void get_whatIsInUse_stays() {
        put(0, 0);
        for (int i = 1; i < 1000; i++) {
            put(0, i);
            assertThat(cache.get(0, key(0), 0)).isEqualTo(url(0));
        }
    }

    @Test
    void put_nothingIsKept() {
        UrlCache none = new UrlCache(0);
        none.put(0, key(1), url(1), Long.MAX_VALUE);

        assertThat(none.get(0, key(1), 0)).isNull();
        assertThat(none.size()).isZero();
    }

    @Test
    void get_keptUntil_isExclusive() {
        cache.put(0, key(1), url(1), 100);

        assertThat(cache.get(0, key(1), 99)).isEqualTo(url(1));
        assertThat(cache.get(0, key(1), 100)).isNull();
    }

    @Test
    void anyThread_getsWhatWasPutOrNothing() throws InterruptedException, ExecutionException {
        ExecutorService executor = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> futures = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                futures.add(executor.submit(() -> {
                    for (int i = 0; i < 20_000; i++) {
                        int number = i % 25;
                        long window = i / 5000;
                        SignedUrl known = cache.get(window, key(number), 0);
                        assertThat(known == null || known.equals(url(number))).isTrue();
                        put(window, number);
                    }
                }));
            }
            for (Future<?> future : futures) {
                future.get();
            }
        } finally {
            executor.shutdownNow();
        }
        // Threads that have seen room at the same time may each take it.
        assertThat(cache.size()).isLessThanOrEqualTo(10 + 2 * 8);
    }

    @Test
    void toString_namesNoUrl() {
        put(0, 1);

        assertThat(cache).hasToString("UrlCache[1]");
    }
}
