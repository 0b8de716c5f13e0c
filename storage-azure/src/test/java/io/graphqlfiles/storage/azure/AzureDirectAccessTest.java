package io.graphqlfiles.storage.azure;

import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.testkit.DirectAccessContract;

class AzureDirectAccessTest extends DirectAccessContract {

    @Override
    protected BlobStore createStore() throws Exception {
        AzureFixture fixture = AzureFixture.shared();
        return fixture.newStore()
                .keyPrefix("app/")
                .publicContainer(fixture.publicContainer())
                .build();
    }

    /** A shared access signature permits one kind of access to one blob. */
    @Override
    protected boolean bindsRequests() {
        return false;
    }
}
