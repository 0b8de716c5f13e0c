package io.graphqlfiles.storage.azure;

import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.testkit.VariantsContract;

class AzureVariantsTest extends VariantsContract {

    @Override
    protected BlobStore createStore() throws Exception {
        AzureFixture fixture = AzureFixture.shared();
        return fixture.newStore()
                .keyPrefix("variants/")
                .publicContainer(fixture.publicContainer())
                .build();
    }
}
