package io.graphqlfiles.internal.pair;

import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.testkit.BlobStoreContract;
import io.graphqlfiles.testkit.InMemoryBlobStore;

/** Everything is in the new store. */
class MigratingBlobStoreTest extends BlobStoreContract {

    @Override
    protected BlobStore createStore() {
        return MigratingBlobStore.of(new InMemoryBlobStore(), new InMemoryBlobStore());
    }
}
