package io.graphqlfiles.internal.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.internal.directupload.UploadLife;
import io.graphqlfiles.maintenance.SweepOptions;
import io.graphqlfiles.maintenance.SweepResult;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

        assertThat(sweep()).isEqualTo(new SweepResult(1, 0, null, Map.of()));

        assertThat(memory.keys()).containsExactly("staged/20300131/young");
    }

    @Test
    void sweep_keepsWhatMayStillBeClaimed() throws IOException {
        put(memory, "staged/20300131/a");
        clock.advance(Duration.ofHours(25));

        assertThat(sweep()).isEqualTo(new SweepResult(0, 0, null, Map.of()));

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

        assertThat(sweep()).isEqualTo(new SweepResult(2001, 0, null, Map.of()));

        assertThat(memory.keys()).isEmpty();
    }

    @Test
    void sweep_twice() throws IOException {
        put(memory, "staged/20300131/a");
        clock.advance(Duration.ofDays(2));

        sweep();

        assertThat(sweep()).isEqualTo(new SweepResult(0, 0, null, Map.of()));
    }

    @Test
    void sweep_removesUnfinishedWritesOfYesterday() {
        RemembersTheMoment store = new RemembersTheMoment();

        assertThat(sweep(Map.of("default", store))).isEqualTo(new SweepResult(0, 7, null, Map.of()));
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
        assertThat(sweep()).isEqualTo(new SweepResult(1000, 0, null, Map.of()));
    }

    /** Each stands for a server that was seen, or can be imagined, to keep a sweep asking for ever. */
    @ParameterizedTest
    @ValueSource(
            strings = {"the same cursor", "cursors in turn", "a new cursor, the same page", "a new cursor, no blobs"})
    @Timeout(30)
    void sweep_listingThatNeverEnds_endsWithAFailure(String kind) throws IOException {
        put(memory, "staged/20300131/a");
        AtomicInteger calls = new AtomicInteger();
        BlobStore endless = new ForwardingBlobStore(memory) {
            @Override
            public BlobStore.Page list(String prefix, String cursor, int limit) {
                int call = calls.incrementAndGet();
                return switch (kind) {
                    case "the same cursor" -> new BlobStore.Page(List.of(), "again");
                    case "cursors in turn" -> new BlobStore.Page(List.of(), "page " + call % 3);
                    case "a new cursor, the same page" ->
                        new BlobStore.Page(super.list(prefix, null, limit).blobs(), "page " + call);
                    default -> new BlobStore.Page(List.of(), "page " + call);
                };
            }

            @Override
            public String toString() {
                return "endless store";
            }
        };
        stores.put("other", other);
        put(other, "staged/20300131/b");
        clock.advance(Duration.ofDays(2));

        SweepResult result = sweep(new LinkedHashMap<>(Map.of("endless", endless, "other", other)));

        assertThat(result.failures()).containsOnlyKeys("endless");
        assertThat(result.failures().get("endless"))
                .isInstanceOf(BlobStoreException.class)
                .hasMessageStartingWith("endless store: list: expected the listing of \"staged/\" to go on or to end");
        assertThat(other.keys()).isEmpty();
    }

    private SweepResult sweep() {
        return sweep(stores);
    }

    private SweepResult sweep(Map<String, BlobStore> stores) {
        SweepTally tally = new SweepTally();
        StagedSweeper.Swept swept = new StagedSweeper(stores, clock, new UploadLife(Duration.ofHours(3)))
                .sweep(SweepOptions.newSweepOptions().build(), tally);
        return new SweepResult(swept.deleted(), swept.removed(), null, tally.failures());
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
