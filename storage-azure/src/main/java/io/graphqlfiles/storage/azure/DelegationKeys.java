package io.graphqlfiles.storage.azure;

import com.azure.storage.blob.models.UserDelegationKey;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Fetches keys for signing ahead of their use, on the timer of the vendor's client: one at the start, and another each
 * day, long before the one in use expires. Signing finds the newest without any I/O. Thread-safe.
 */
final class DelegationKeys implements Supplier<SigningKey>, AutoCloseable {

    /** The longest that the service takes. */
    private static final Duration VALIDITY = Duration.ofDays(7);

    private static final Duration RENEWAL = Duration.ofDays(1);
    private static final Duration RETRY = Duration.ofMinutes(1);
    /** The service's clock may be behind. */
    private static final Duration SKEW = Duration.ofMinutes(15);

    /**
     * What is signed lives no longer: the key in use is at most a day old, and the renewal may fail for half a day
     * before URLs begin to expire early.
     */
    static final Duration MAX_VALIDITY = Duration.ofDays(5).plusHours(12);

    private static final Logger LOG = LoggerFactory.getLogger(DelegationKeys.class);

    private final String account;
    private final Fetch fetch;
    private final Clock clock;
    private volatile @Nullable SigningKey current;
    private final Duration interval;
    private final Duration retryInterval;
    private volatile Duration wait;
    private @Nullable Disposable renewal;

    /** Asks the service for a key. */
    interface Fetch {
        Mono<UserDelegationKey> fetch(OffsetDateTime start, OffsetDateTime expiry);
    }

    DelegationKeys(String account, Fetch fetch, Clock clock) {
        this(account, fetch, clock, RENEWAL, RETRY);
    }

    /**
     * @param interval how long a key is used
     * @param retryInterval how long to wait after a failure
     */
    DelegationKeys(String account, Fetch fetch, Clock clock, Duration interval, Duration retryInterval) {
        this.account = account;
        this.fetch = fetch;
        this.clock = clock;
        this.interval = interval;
        this.retryInterval = retryInterval;
        this.wait = interval;
    }

    /**
     * Waits for the first key, and begins to renew it.
     *
     * @throws RuntimeException the client's, if the service gives none
     */
    void start(Calls calls, Scheduler scheduler) {
        current = calls.await(next());
        renewal = Mono.defer(() -> Mono.delay(wait, scheduler).then(next()))
                .doOnNext(key -> {
                    current = key;
                    wait = interval;
                })
                .doOnError(e -> {
                    wait = retryInterval;
                    LOG.warn("The key that signs URLs could not be renewed; trying again in {}", retryInterval, e);
                })
                .onErrorComplete()
                .repeat()
                .subscribe();
    }

    private Mono<SigningKey> next() {
        return Mono.defer(() -> {
                    OffsetDateTime now = OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
                    OffsetDateTime start = now.minus(SKEW);
                    return fetch.fetch(start, start.plus(VALIDITY));
                })
                .map(key -> SigningKey.of(account, key));
    }

    @Override
    public SigningKey get() {
        SigningKey key = current;
        if (key == null) {
            throw new IllegalStateException("expected a key that signs URLs, found that none was fetched yet");
        }
        return key;
    }

    /** Ends the renewal. */
    @Override
    public void close() {
        Disposable running = renewal;
        if (running != null) {
            running.dispose();
        }
    }
}
