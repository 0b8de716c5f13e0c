package io.graphqlfiles.storage.azure;

import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.testkit.PartUploadsContract;

class AzurePartUploadsTest extends PartUploadsContract {

    @Override
    protected BlobStore createStore() throws Exception {
        AzureFixture fixture = AzureFixture.shared();
        return fixture.newStore()
                .keyPrefix("parts/")
                .publicContainer(fixture.publicContainer())
                .build();
    }
}
