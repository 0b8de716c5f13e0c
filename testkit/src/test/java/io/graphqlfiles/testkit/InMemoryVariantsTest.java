package io.graphqlfiles.testkit;

import io.graphqlfiles.spi.BlobStore;

class InMemoryVariantsTest extends VariantsContract {

    @Override
    protected BlobStore createStore() {
        return new InMemoryBlobStore();
    }
}
