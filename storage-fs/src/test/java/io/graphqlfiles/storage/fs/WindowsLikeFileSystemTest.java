package io.graphqlfiles.storage.fs;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import com.google.common.jimfs.PathNormalization;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.testkit.BlobStoreContract;
import java.io.IOException;
import java.nio.file.FileSystem;
import org.junit.jupiter.api.AfterEach;

/**
 * On a file system with drives and backslashes, without POSIX permissions and without channels of directories, as that
 * of Windows; waits for the disk. Upper and lower case differ all the same: the contract has keys that differ in
 * nothing else, the library makes none.
 */
class WindowsLikeFileSystemTest extends BlobStoreContract {

    private final FileSystem windows = Jimfs.newFileSystem(Configuration.windows().toBuilder()
            .setNameCanonicalNormalization(PathNormalization.NONE)
            .build());

    @Override
    protected BlobStore createStore() {
        return FileSystemBlobStore.newFileSystemBlobStore(windows.getPath("C:\\shop\\files"))
                .durable(true)
                .build();
    }

    @AfterEach
    void close() throws IOException {
        windows.close();
    }
}
