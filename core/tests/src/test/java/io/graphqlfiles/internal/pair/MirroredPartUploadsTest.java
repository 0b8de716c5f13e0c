package io.graphqlfiles.internal.pair;

import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import io.graphqlfiles.testkit.PartUploadsContract;

class MirroredPartUploadsTest extends PartUploadsContract {

    @Override
    protected BlobStore createStore() {
        return MirroredBlobStore.of(new InMemoryBlobStore(), new InMemoryBlobStore());
    }
}
