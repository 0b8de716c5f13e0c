package io.graphqlfiles.internal.pair;

import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.testkit.BlobStoreContract;
import io.graphqlfiles.testkit.ForwardingBlobStore;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import java.io.IOException;
import java.io.InputStream;

/** Everything is still in the old store, but for copies. */
class MigratingOldBlobsTest extends BlobStoreContract {

    @Override
    protected BlobStore createStore() {
        InMemoryBlobStore old = new InMemoryBlobStore();
        return new ForwardingBlobStore(MigratingBlobStore.of(new InMemoryBlobStore(), old)) {
            @Override
            public BlobInfo put(PutRequest blob, InputStream content) throws IOException {
                return old.put(blob, content);
            }
        };
    }
}
