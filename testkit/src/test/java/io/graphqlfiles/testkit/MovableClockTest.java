package io.graphqlfiles.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class MovableClockTest {

    private final MovableClock clock = MovableClock.at("2030-01-31T10:00:00Z");

    @Test
    void instant_standsStill() {
        assertThat(clock.instant())
                .isEqualTo(Instant.parse("2030-01-31T10:00:00Z"))
                .isEqualTo(clock.instant());
    }

    @Test
    void advance_movesOnAndBack() {
        clock.advance(Duration.ofHours(3));
        assertThat(clock.instant()).isEqualTo(Instant.parse("2030-01-31T13:00:00Z"));

        clock.advance(Duration.ofHours(-4));
        assertThat(clock.instant()).isEqualTo(Instant.parse("2030-01-31T09:00:00Z"));
    }

    @Test
    void withZone_movesTogether() {
        MovableClock elsewhere = clock.withZone(ZoneId.of("Asia/Tokyo"));

        clock.set(Instant.EPOCH);

        assertThat(elsewhere.instant()).isEqualTo(Instant.EPOCH);
        assertThat(elsewhere.getZone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
    }
}
