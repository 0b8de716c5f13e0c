package io.graphqlfiles.storage.fs;

import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.testkit.BlobStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** As where there are no extended attributes, but hard links. */
class TwoFilesTest extends BlobStoreContract {

    @TempDir
    private Path root;

    @Override
    protected BlobStore createStore() {
        return FileSystemBlobStore.newFileSystemBlobStore(root)
                .attributes(false)
                .build();
    }
}
