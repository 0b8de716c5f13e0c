package io.graphqlfiles.storage.fs;

import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.testkit.VariantsContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileSystemVariantsTest extends VariantsContract {

    @TempDir
    private Path root;

    @Override
    protected BlobStore createStore() {
        return FileSystemBlobStore.at(root);
    }
}
