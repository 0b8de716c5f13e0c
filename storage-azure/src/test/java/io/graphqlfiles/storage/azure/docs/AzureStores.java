package io.graphqlfiles.storage.azure.docs;

import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.storage.azure.AzureBlobStore;
import java.net.URI;

/** What docs/azure.md shows. */
final class AzureStores {

    private AzureStores() {}

    static BlobStore plain(String connectionString) {
        // tag::store
        BlobServiceClient client = new BlobServiceClientBuilder()
                .connectionString(connectionString)
                .buildClient();
        return AzureBlobStore.newAzureBlobStore(client, "files")
                .publicContainer("files-public")
                .publicBaseUrl(URI.create("https://cdn.example.com"))
                .build();
        // end::store
    }
}
