package io.graphqlfiles.internal.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.spi.CopyRequest;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.Visibility;
import io.graphqlfiles.testkit.BlobStoreContract;
import io.graphqlfiles.testkit.FaultyBlobStore;
import io.graphqlfiles.testkit.FaultyBlobStore.Operation;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class MirroredBlobStoreTest extends BlobStoreContract {

    private static final String KEY = "private/abc";

    private final InMemoryBlobStore first = new InMemoryBlobStore();
    private final InMemoryBlobStore second = new InMemoryBlobStore();
    private final FaultyBlobStore primary = new FaultyBlobStore(first);
    private final FaultyBlobStore mirror = new FaultyBlobStore(second);
    private final MirroredBlobStore store = MirroredBlobStore.of(primary, mirror);

    @Override
    protected BlobStore createStore() {
        return store;
    }

    private BlobInfo put(String key) throws IOException {
        return store.put(
                new PutRequest(key, 3, "text/plain", "inline", Visibility.PRIVATE),
                new ByteArrayInputStream(new byte[] {1, 2, 3}));
    }

    @Test
    void write_isCopiedToTheMirror_withWhatIsKeptWithIt() throws IOException {
        put(KEY);
        store.copy(new CopyRequest(store.stat(KEY), "public/def", "image/png", "attachment", Visibility.PUBLIC));
        store.close();

        assertThat(second.keys()).containsExactly(KEY, "public/def");
        assertThat(second.bytes(KEY)).containsExactly(1, 2, 3);
        assertThat(second.stat("public/def").contentType()).isEqualTo("image/png");
        assertThat(second.stat("public/def").contentDisposition()).isEqualTo("attachment");
    }

    @Test
    void staged_isNotMirrored() throws IOException {
        put("staged/20261130/abc");
        store.close();

        assertThat(second.keys()).isEmpty();
    }

    @Test
    void write_mirrorFails_succeeds() throws IOException {
        mirror.fail(Operation.PUT).before();

        put(KEY);
        store.close();

        assertThat(first.keys()).containsExactly(KEY);
        assertThat(second.keys()).isEmpty();
    }

    @Test
    void write_storeFails_fails_andTheMirrorHasNothing() {
        primary.fail(Operation.PUT).before();

        assertThatThrownBy(() -> put(KEY)).isInstanceOf(BlobStoreException.class);
        store.close();

        assertThat(second.keys()).isEmpty();
    }

    @Test
    void delete_deletesBoth_alsoWhenOneFails() throws IOException {
        put(KEY);
        store.close();
        primary.fail(Operation.DELETE).atCall(1).before();

        assertThatThrownBy(() -> store.delete(List.of(KEY))).isInstanceOf(BlobStoreException.class);
        assertThat(second.keys()).isEmpty();
        store.delete(List.of(KEY));

        assertThat(first.keys()).isEmpty();
    }

    @Test
    void reads_storeFails_comeFromTheMirror_andTheStoreIsLeftAlone() throws IOException {
        put(KEY);
        store.close();
        primary.fail(Operation.OPEN).before();
        primary.fail(Operation.STAT).before();

        try (InputStream content = store.open(KEY, ByteRange.whole())) {
            assertThat(content.readAllBytes()).containsExactly(1, 2, 3);
        }
        int calls = primary.calls(Operation.STAT);
        assertThat(store.stat(KEY)).isNotNull();
        assertThat(store.head(KEY, 2).bytes()).containsExactly(1, 2);
        assertThat(primary.calls(Operation.STAT)).isEqualTo(calls);
    }

    @Test
    void reads_storeFails_mirrorDoesNotHaveIt_isNoMissingFile() throws IOException {
        put(KEY);
        store.close();
        second.clear();
        primary.fail(Operation.STAT).before();

        assertThatThrownBy(() -> store.stat(KEY)).isInstanceOf(BlobStoreException.class);
        assertThatThrownBy(() -> store.stat(KEY)).isInstanceOf(BlobStoreException.class);
        primary.heal();
        assertThat(store.stat(KEY)).isNotNull();
    }
}
