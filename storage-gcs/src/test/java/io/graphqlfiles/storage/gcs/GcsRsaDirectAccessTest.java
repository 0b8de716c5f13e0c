package io.graphqlfiles.storage.gcs;

import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.testkit.DirectAccessContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class GcsRsaDirectAccessTest extends DirectAccessContract {

    @TempDir
    private Path directory;

    private GcsFixture gcs;

    @Override
    protected BlobStore createStore() throws Exception {
        gcs = GcsFixture.start(directory);
        return gcs.newStore().build();
    }

    @AfterEach
    void stop() {
        gcs.close();
    }
}
