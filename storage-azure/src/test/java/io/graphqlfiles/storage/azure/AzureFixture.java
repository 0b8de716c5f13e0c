package io.graphqlfiles.storage.azure;

import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.PublicAccessType;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import io.graphqlfiles.storage.azure.server.Azurite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Two containers for tests, one of which everyone may read: of one Azurite for all tests of this process, or, when
 * {@code AZURE_STORAGE_CONNECTION_STRING}, {@code AZURE_CONTAINER} and {@code AZURE_PUBLIC_CONTAINER} are set, of that
 * account.
 */
final class AzureFixture {

    private static final String CONNECTION = System.getenv("AZURE_STORAGE_CONNECTION_STRING");
    private static AzureFixture shared;

    private final BlobServiceClient client;
    private final BlobServiceClient hostStyleClient;
    private final String container;
    private final String publicContainer;

    private AzureFixture(
            BlobServiceClient client, BlobServiceClient hostStyleClient, String container, String publicContainer) {
        this.client = client;
        this.hostStyleClient = hostStyleClient;
        this.container = container;
        this.publicContainer = publicContainer;
    }

    /** Starts it with the first test that needs it. */
    static synchronized AzureFixture shared() throws Exception {
        if (shared == null) {
            shared = CONNECTION == null ? ofAzurite() : ofService();
        }
        return shared;
    }

    private static AzureFixture ofAzurite() throws Exception {
        Path directory = Files.createTempDirectory("azurite");
        Azurite server = Azurite.start(directory);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.close();
            directory.resolve("azurite.log").toFile().delete();
            directory.toFile().delete();
        }));
        BlobServiceClient client = newClient(server);
        client.createBlobContainer("files");
        client.createBlobContainerWithResponse("files-public", null, PublicAccessType.BLOB, null);
        return new AzureFixture(
                client,
                newClient(server.hostStyleEndpoint().toString(), server.account(), server.key()),
                "files",
                "files-public");
    }

    private static AzureFixture ofService() {
        BlobServiceClient client =
                new BlobServiceClientBuilder().connectionString(CONNECTION).buildClient();
        return new AzureFixture(
                client, client, System.getenv("AZURE_CONTAINER"), System.getenv("AZURE_PUBLIC_CONTAINER"));
    }

    static BlobServiceClient newClient(Azurite server) {
        return newClient(server.endpoint().toString(), server.account(), server.key());
    }

    static BlobServiceClient newClient(String endpoint, String account, String key) {
        return new BlobServiceClientBuilder()
                .endpoint(endpoint)
                .credential(new StorageSharedKeyCredential(account, key))
                // Three attempts almost without a wait: tests count them, and do not sleep.
                .retryOptions(new RequestRetryOptions(
                        RetryPolicyType.FIXED,
                        3,
                        Duration.ofSeconds(60),
                        Duration.ofMillis(1),
                        Duration.ofMillis(1),
                        null))
                .buildClient();
    }

    BlobServiceClient client() {
        return client;
    }

    /** With the account in the name of the host: Azurite copies for the one, and takes batches of the other. */
    BlobServiceClient hostStyleClient() {
        return hostStyleClient;
    }

    String container() {
        return container;
    }

    String publicContainer() {
        return publicContainer;
    }

    AzureBlobStore.Builder newStore() {
        return AzureBlobStore.newAzureBlobStore(client, container);
    }
}
