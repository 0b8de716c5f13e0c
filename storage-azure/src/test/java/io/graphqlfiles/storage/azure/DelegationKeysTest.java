package io.graphqlfiles.storage.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.azure.storage.blob.models.UserDelegationKey;
import io.graphqlfiles.testkit.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class DelegationKeysTest {

    private static final Instant NOW = Instant.parse("2030-02-03T04:05:06Z");
    private static final Duration RENEWAL = Duration.ofMillis(50);

    private final MovableClock clock = MovableClock.at(NOW);
    private final List<OffsetDateTime> asked = new ArrayList<>();
    private volatile boolean fails;
    private final DelegationKeys keys = new DelegationKeys("pictures", this::fetch, clock, RENEWAL, RENEWAL);

    @AfterEach
    void close() {
        keys.close();
    }

    private Mono<UserDelegationKey> fetch(OffsetDateTime start, OffsetDateTime expiry) {
        synchronized (asked) {
            asked.add(start);
            asked.notifyAll();
        }
        return fails
                ? Mono.error(new IllegalStateException("refused"))
                : Mono.just(new UserDelegationKey()
                        .setSignedObjectId("object")
                        .setSignedTenantId("tenant")
                        .setSignedStart(start)
                        .setSignedExpiry(expiry)
                        .setSignedService("b")
                        .setSignedVersion("2023-11-03")
                        .setValue("AAAA"));
    }

    private void awaitFetches(int count) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        synchronized (asked) {
            while (asked.size() < count && System.nanoTime() < end) {
                asked.wait(100);
            }
            assertThat(asked).hasSizeGreaterThanOrEqualTo(count);
        }
    }

    @Test
    void get_beforeTheFirst_isRefused() {
        assertThatIllegalStateException().isThrownBy(keys::get);
    }

    @Test
    void start_fetchesAKeyOfSevenDays_thatIsValidAlready() {
        keys.start(new Calls(Duration.ofSeconds(10)), Schedulers.parallel());

        assertThat(asked.get(0).toInstant()).isEqualTo(NOW.minus(Duration.ofMinutes(15)));
        assertThat(keys.get().expiresAt())
                .isEqualTo(NOW.plus(Duration.ofDays(7)).minus(Duration.ofMinutes(15)));
    }

    @Test
    void get_sameKeyUntilItIsRenewed_withoutAsking() {
        keys.close();
        DelegationKeys daily =
                new DelegationKeys("pictures", this::fetch, clock, Duration.ofDays(1), Duration.ofDays(1));
        try (daily) {
            daily.start(new Calls(Duration.ofSeconds(10)), Schedulers.parallel());

            assertThat(daily.get()).isSameAs(daily.get());
            assertThat(asked).hasSize(1);
        }
    }

    @Test
    void renewal_failsAndIsTriedAgain_keyStays() throws InterruptedException {
        keys.start(new Calls(Duration.ofSeconds(10)), Schedulers.parallel());
        fails = true;
        awaitFetches(3);
        SigningKey before = keys.get();
        assertThat(before).isNotNull();

        clock.advance(Duration.ofDays(1));
        fails = false;

        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!keys.get().expiresAt().isAfter(before.expiresAt()) && System.nanoTime() < end) {
            awaitFetches(asked.size() + 1);
        }
        assertThat(keys.get().expiresAt()).isEqualTo(before.expiresAt().plus(Duration.ofDays(1)));
    }
}
