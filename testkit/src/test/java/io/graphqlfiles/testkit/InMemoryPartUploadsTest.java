package io.graphqlfiles.testkit;

import io.graphqlfiles.spi.BlobStore;

class InMemoryPartUploadsTest extends PartUploadsContract {

    @Override
    protected BlobStore createStore() {
        return new InMemoryBlobStore();
    }
}
