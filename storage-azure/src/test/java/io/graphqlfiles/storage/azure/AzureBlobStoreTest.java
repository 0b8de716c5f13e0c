package io.graphqlfiles.storage.azure;

import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.testkit.BlobStoreContract;

class AzureBlobStoreTest extends BlobStoreContract {

    @Override
    protected BlobStore createStore() throws Exception {
        AzureFixture fixture = AzureFixture.shared();
        return fixture.newStore()
                .keyPrefix("blobs/")
                .publicContainer(fixture.publicContainer())
                .build();
    }
}
