package io.graphqlfiles.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobNotFoundException;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.Visibility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class InMemoryBlobStoreTest extends BlobStoreContract {

    private final MovableClock clock = MovableClock.at("2030-01-31T10:00:00Z");
    private final InMemoryBlobStore store = new InMemoryBlobStore(clock);

    @Override
    protected BlobStore createStore() {
        return store;
    }

    @Test
    void put_createdAt_isTheClocks() throws IOException {
        assertThat(put("private/a").createdAt()).isEqualTo(Instant.parse("2030-01-31T10:00:00Z"));
    }

    @Test
    void keys_inOrder() throws IOException {
        put("private/b");
        put("private/a");

        assertThat(store.keys()).containsExactly("private/a", "private/b");
        store.clear();
        assertThat(store.keys()).isEmpty();
    }

    @Test
    void bytes_areACopy() throws IOException {
        put("private/a");

        store.bytes("private/a")[0] = 42;

        assertThat(store.bytes("private/a")).containsExactly(1, 2, 3);
    }

    @Test
    void bytes_missingKey() {
        assertThatExceptionOfType(BlobNotFoundException.class)
                .isThrownBy(() -> store.bytes("private/a"))
                .withMessage("memory: bytes of private/a: there is no such blob");
    }

    private BlobInfo put(String key) throws IOException {
        return store.put(
                new PutRequest(key, 3, "text/plain", "inline", Visibility.PRIVATE),
                new ByteArrayInputStream(new byte[] {1, 2, 3}));
    }
}
