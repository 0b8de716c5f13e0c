package io.graphqlfiles.testkit;

import io.graphqlfiles.UnitOfWork;
import io.graphqlfiles.spi.attachment.AttachmentStore;

class InMemoryAttachmentStoreTest extends AttachmentStoreContract {

    private InMemoryAttachmentStore store = new InMemoryAttachmentStore();

    @Override
    protected AttachmentStore createStore() {
        store = new InMemoryAttachmentStore();
        return store;
    }

    @Override
    protected UnitOfWork createUnitOfWork() {
        return store.unitOfWork();
    }
}
