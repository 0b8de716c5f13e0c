package io.graphqlfiles.testkit;

import static io.graphqlfiles.testkit.FaultyBlobStore.Operation.COPY;
import static io.graphqlfiles.testkit.FaultyBlobStore.Operation.DELETE;
import static io.graphqlfiles.testkit.FaultyBlobStore.Operation.LIST;
import static io.graphqlfiles.testkit.FaultyBlobStore.Operation.OPEN;
import static io.graphqlfiles.testkit.FaultyBlobStore.Operation.PUT;
import static io.graphqlfiles.testkit.FaultyBlobStore.Operation.REMOVE_UNFINISHED_WRITES;
import static io.graphqlfiles.testkit.FaultyBlobStore.Operation.STAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.spi.CopyRequest;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.Visibility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FaultyBlobStoreTest {

    private final InMemoryBlobStore memory = new InMemoryBlobStore();
    private final FaultyBlobStore store = new FaultyBlobStore(memory);

    @Nested
    class WithoutFaults extends BlobStoreContract {

        @Override
        protected BlobStore createStore() {
            return store;
        }
    }

    @Test
    void before_nothingIsDone() {
        store.fail(PUT).before();

        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> put("private/a"))
                .withMessage("faulty store: put of private/a: injected fault");
        assertThat(memory.keys()).isEmpty();
    }

    @Test
    void after_allIsDone() throws IOException {
        BlobInfo source = put("private/a");
        store.fail(PUT).after();
        store.fail(COPY).after();
        store.fail(DELETE).after();

        assertThatExceptionOfType(BlobStoreException.class).isThrownBy(() -> put("private/b"));
        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(
                        () -> store.copy(new CopyRequest(source, "private/c", "a/b", "inline", Visibility.PRIVATE)));
        assertThat(memory.keys()).containsExactly("private/a", "private/b", "private/c");
        assertThatExceptionOfType(BlobStoreException.class).isThrownBy(() -> store.delete(List.of("private/a")));
        assertThat(memory.keys()).containsExactly("private/b", "private/c");
    }

    @Test
    void atCall_onlyThatCall() throws IOException {
        put("private/a");
        store.fail(PUT).atCall(2).before();

        put("private/b");
        assertThatExceptionOfType(BlobStoreException.class).isThrownBy(() -> put("private/c"));
        put("private/d");

        assertThat(store.calls(PUT)).isEqualTo(4);
        assertThat(memory.keys()).containsExactly("private/a", "private/b", "private/d");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.fail(PUT).atCall(0))
                .withMessage("n: expected 1 or more, found 0");
    }

    @Test
    void afterBytes_ofPut() {
        store.fail(PUT).afterBytes(2);

        assertThatExceptionOfType(BlobStoreException.class).isThrownBy(() -> put("private/a"));
        assertThat(memory.keys()).isEmpty();
    }

    @Test
    void afterBytes_ofOpen() throws IOException {
        put("private/a");
        store.fail(OPEN).afterBytes(2);

        try (InputStream in = store.open("private/a", ByteRange.whole())) {
            assertThat(in.readNBytes(2)).containsExactly(1, 2);
            assertThatIOException().isThrownBy(in::read).withMessage("injected fault");
        }
    }

    @Test
    void afterBytes_ofAnotherOperation() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.fail(STAT).afterBytes(2))
                .withMessage("expected PUT or OPEN, found STAT");
    }

    @Test
    void heal_forgetsFaults() throws IOException {
        for (FaultyBlobStore.Operation operation : FaultyBlobStore.Operation.values()) {
            store.fail(operation).before();
        }
        assertThatExceptionOfType(BlobStoreException.class).isThrownBy(() -> store.stat("private/a"));
        assertThatExceptionOfType(BlobStoreException.class).isThrownBy(() -> store.list("", null, 1));
        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> store.removeUnfinishedWrites(Instant.EPOCH));

        store.heal();

        put("private/a");
        assertThat(store.stat("private/a")).isNotNull();
        assertThat(store.calls(LIST)).isEqualTo(1);
        assertThat(store.calls(REMOVE_UNFINISHED_WRITES)).isEqualTo(1);
    }

    @Test
    void openStreams_countsWhatIsNotClosed() throws IOException {
        put("private/a");

        InputStream in = store.open("private/a", ByteRange.whole());
        assertThat(store.openStreams()).isEqualTo(1);
        in.close();
        in.close();

        assertThat(store.openStreams()).isZero();
    }

    private BlobInfo put(String key) throws IOException {
        return store.put(
                new PutRequest(key, 3, "text/plain", "inline", Visibility.PRIVATE),
                new ByteArrayInputStream(new byte[] {1, 2, 3}));
    }
}
