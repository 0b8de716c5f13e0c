package io.graphqlfiles.internal.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.maintenance.MaintenanceProgress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {

    private final AtomicLong time = new AtomicLong();

    @Test
    void bytes_arePaidForByAll() {
        Pace pace = new Pace(1000, time::get);

        assertThat(pace.nanosFor(500)).isEqualTo(500_000_000);
        assertThat(pace.nanosFor(500)).isEqualTo(1_000_000_000);
        time.addAndGet(600_000_000);
        assertThat(pace.nanosFor(100)).isEqualTo(500_000_000);
    }

    @Test
    void timeThatNobodyUsed_isNotSavedUp() {
        Pace pace = new Pace(1000, time::get);
        time.addAndGet(Duration.ofHours(1).toNanos());

        assertThat(pace.nanosFor(1000)).isEqualTo(1_000_000_000);
    }

    @Test
    void progress_asText() {
        assertThat(new MaintenanceProgress(
                        "migrate default", 1200, 2000L, 12_300_000, 20_100_000L, Duration.ofSeconds(10)))
                .hasToString("migrate default: 1200 of 2000, 12.3 MB of 20.1 MB, 1.2 MB/s, 6s left");
        assertThat(new MaintenanceProgress("sweep", 30, null, 0, null, Duration.ofSeconds(10)))
                .hasToString("sweep: 30, 3/s");
        assertThat(new MaintenanceProgress("variants", 10, 10_000L, 0, null, Duration.ofSeconds(10)))
                .hasToString("variants: 10 of 10000, 1/s, 2h 46m left");
        assertThat(new MaintenanceProgress("variants", 0, 10L, 0, null, Duration.ZERO))
                .hasToString("variants: 0 of 10, 0/s");
    }
}
