package io.graphqlfiles.storage.gcs;

import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.testkit.VariantsContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class GcsVariantsTest extends VariantsContract {

    @TempDir
    private static Path directory;

    private static GcsFixture gcs;

    @BeforeAll
    static void start() throws Exception {
        gcs = GcsFixture.start(directory);
    }

    @AfterAll
    static void stop() {
        gcs.close();
    }

    @Override
    protected BlobStore createStore() {
        return gcs.newStore().keyPrefix("app/").build();
    }
}
