package io.graphqlfiles.storage.s3;

import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.storage.s3.server.S3ProxyServer;
import io.graphqlfiles.storage.s3.server.S3Server;
import io.graphqlfiles.testkit.BlobStoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.s3.S3Client;

class S3BlobStoreCompatibleClientTest extends BlobStoreContract {

    private static S3Server server;
    private static S3Client client;

    @BeforeAll
    static void start() {
        server = S3Server.open();
        client = Clients.compatible(server);
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @Override
    protected BlobStore createStore() {
        return S3BlobStore.newS3BlobStore(client, server.bucket())
                .keyPrefix("app/files/")
                .build();
    }

    /**
     * The server of this process passes over the condition on the target; whether another one does remains to be seen.
     */
    @Override
    protected boolean copiesToFreeKeysOnly() {
        return !(server instanceof S3ProxyServer);
    }
}
