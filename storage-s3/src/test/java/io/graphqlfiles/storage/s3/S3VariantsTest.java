package io.graphqlfiles.storage.s3;

import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.storage.s3.server.S3Server;
import io.graphqlfiles.testkit.VariantsContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.s3.S3Client;

class S3VariantsTest extends VariantsContract {

    private static S3Server server;
    private static S3Client client;

    @BeforeAll
    static void start() {
        server = S3Server.open();
        client = Clients.ordinary(server);
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @Override
    protected BlobStore createStore() {
        return S3BlobStore.newS3BlobStore(client, server.bucket())
                .keyPrefix("app/")
                .build();
    }
}
