package io.graphqlfiles.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.GraphQLFiles;
import io.graphqlfiles.spi.PutBlob;
import io.graphqlfiles.spi.Visibility;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import io.graphqlfiles.testkit.MovableClock;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AbandonedUploadsTest {

    private final MovableClock clock = MovableClock.at("2026-03-01T12:00:00Z");
    private final InMemoryBlobStore store = new InMemoryBlobStore(clock);
    private final InMemoryBlobStore other = new InMemoryBlobStore(clock);
    private final GraphQLFiles files = GraphQLFiles.newGraphQLFiles()
            .store(store)
            .store("other", other)
            .secret("a-secret-for-tests-of-32-characters-or-more")
            .clock(clock)
            .uploadValidity(Duration.ofHours(3))
            .build();

    @AfterEach
    void close() {
        files.close();
    }

    @Test
    void sweep_unclaimable() throws IOException {
        put(store, "staged/20260301/old");
        put(other, "staged/20260301/old");
        clock.advance(Duration.ofHours(2));
        put(store, "staged/20260301/young");
        clock.advance(Duration.ofHours(2).plusSeconds(1));

        assertThat(files.deleteAbandonedUploads()).isEqualTo(2);

        assertThat(store.keys()).containsExactly("staged/20260301/young");
        assertThat(other.keys()).isEmpty();
    }

    @Test
    void sweep_claimableStays() throws IOException {
        put(store, "staged/20260301/claimable");
        clock.advance(Duration.ofHours(3));

        assertThat(files.deleteAbandonedUploads()).isZero();

        assertThat(store.keys()).hasSize(1);
    }

    @Test
    void sweep_permanentStays() throws IOException {
        put(store, "private/kept");
        put(store, "public/kept");
        clock.advance(Duration.ofDays(1000));

        assertThat(files.deleteAbandonedUploads()).isZero();

        assertThat(store.keys()).hasSize(2);
    }

    @Test
    void sweep_severalPages() throws IOException {
        for (int i = 0; i < 1001; i++) {
            put(store, "staged/20260301/" + i);
        }
        clock.advance(Duration.ofDays(1));

        assertThat(files.deleteAbandonedUploads()).isEqualTo(1001);

        assertThat(store.keys()).isEmpty();
    }

    private static void put(InMemoryBlobStore store, String key) throws IOException {
        store.put(
                new PutBlob(key, PutBlob.UNKNOWN_SIZE, "application/octet-stream", "attachment", Visibility.PRIVATE),
                InputStream.nullInputStream());
    }
}
