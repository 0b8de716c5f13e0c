package io.graphqlfiles;

import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.PutBlob;
import io.graphqlfiles.spi.Visibility;
import io.graphqlfiles.testkit.FaultyBlobStore;
import io.graphqlfiles.testkit.FaultyBlobStore.Operation;
import io.graphqlfiles.testkit.ForwardingBlobStore;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import io.graphqlfiles.testkit.MovableClock;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StagedSweeperTest {

    private final MovableClock clock = MovableClock.at("2030-01-31T10:00:00Z");
    private final InMemoryBlobStore memory = new InMemoryBlobStore(clock);
    private final InMemoryBlobStore other = new InMemoryBlobStore(clock);
    private final FaultyBlobStore faulty = new FaultyBlobStore(memory);
    private final Map<String, BlobStore> stores = new LinkedHashMap<>(Map.of("default", faulty));

    @Test
    void sweep_deletesWhatNobodyCanClaim() throws IOException {
        put(memory, "staged/20300131/old");
        clock.advance(Duration.ofHours(25));
        put(memory, "staged/20300131/young");
        clock.advance(Duration.ofMillis(1));

        assertThat(sweep()).isEqualTo(new SweepResult(1, 0, Map.of()));

        assertThat(memory.keys()).containsExactly("staged/20300131/young");
    }

    @Test
    void sweep_keepsWhatMayStillBeClaimed() throws IOException {
        put(memory, "staged/20300131/a");
        clock.advance(Duration.ofHours(25));

        assertThat(sweep()).isEqualTo(new SweepResult(0, 0, Map.of()));

        assertThat(memory.keys()).containsExactly("staged/20300131/a");
    }

    @Test
    void sweep_keepsPermanentFiles() throws IOException {
        put(memory, "private/a");
        put(memory, "public/a");
        put(memory, "staged");
        clock.advance(Duration.ofDays(1000));

        sweep();

        assertThat(memory.keys()).containsExactly("private/a", "public/a", "staged");
    }

    @Test
    void sweep_morePagesThanOne() throws IOException {
        for (int i = 0; i < 2001; i++) {
            put(memory, "staged/20300131/" + i);
        }
        clock.advance(Duration.ofDays(2));

        assertThat(sweep()).isEqualTo(new SweepResult(2001, 0, Map.of()));

        assertThat(memory.keys()).isEmpty();
    }

    @Test
    void sweep_twice() throws IOException {
        put(memory, "staged/20300131/a");
        clock.advance(Duration.ofDays(2));

        sweep();

        assertThat(sweep()).isEqualTo(new SweepResult(0, 0, Map.of()));
    }

    @Test
    void sweep_removesUnfinishedWritesOfYesterday() {
        RemembersTheMoment store = new RemembersTheMoment();

        assertThat(new StagedSweeper(Map.of("default", store), clock, new UploadLife(Duration.ofHours(3))).sweep())
                .isEqualTo(new SweepResult(0, 7, Map.of()));
        assertThat(store.before).isEqualTo(Instant.parse("2030-01-30T09:00:00Z"));
    }

    @Test
    void sweep_failingStore_doesNotStopTheOthers() throws IOException {
        stores.put("other", other);
        put(other, "staged/20300131/a");
        clock.advance(Duration.ofDays(2));
        faulty.fail(Operation.LIST).before();
        faulty.fail(Operation.REMOVE_UNFINISHED_WRITES).before();

        SweepResult result = sweep();

        assertThat(result.deletedBlobs()).isEqualTo(1);
        assertThat(result.failures()).containsOnlyKeys("default");
        assertThat(result.failures().get("default"))
                .isInstanceOf(BlobStoreException.class)
                .hasMessage("faulty store: list: injected fault")
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
        assertThat(other.keys()).isEmpty();
    }

    @Test
    void sweep_failingPage_doesNotStopTheNext() throws IOException {
        for (int i = 0; i < 1001; i++) {
            put(memory, "staged/20300131/" + i);
        }
        clock.advance(Duration.ofDays(2));
        faulty.fail(Operation.DELETE).atCall(1).before();

        SweepResult result = sweep();

        assertThat(result.deletedBlobs()).isEqualTo(1);
        assertThat(result.failures()).containsOnlyKeys("default");
        assertThat(sweep()).isEqualTo(new SweepResult(1000, 0, Map.of()));
    }

    private SweepResult sweep() {
        return new StagedSweeper(stores, clock, new UploadLife(Duration.ofHours(3))).sweep();
    }

    private static void put(BlobStore store, String key) throws IOException {
        store.put(new PutBlob(key, 0, "text/plain", "inline", Visibility.PRIVATE), InputStream.nullInputStream());
    }

    /** Empty, but for leftovers. */
    private static final class RemembersTheMoment extends ForwardingBlobStore {

        private Instant before;

        RemembersTheMoment() {
            super(new InMemoryBlobStore());
        }

        @Override
        public int removeUnfinishedWrites(Instant moment) {
            this.before = moment;
            return 7;
        }
    }
}
