package io.graphqlfiles.storage.fs;

import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.testkit.BlobStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

// tag::contract
class FileSystemBlobStoreTest extends BlobStoreContract {

    @TempDir
    private Path root;

    @Override
    protected BlobStore createStore() {
        return FileSystemBlobStore.at(root);
    }
}
// end::contract
