package io.graphqlfiles.quarkus;

import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.common.StorageSharedKeyCredential;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.storage.azure.AzureBlobStore;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.net.URI;

/** The store in a container of Azure Blob Storage. Its client has nothing to close. */
@Singleton
class AzureStore implements StoreOfKind {

    private final StoreSettings.Azure settings;
    private final Instance<BlobServiceClient> own;

    AzureStore(FilesConfig config, Instance<BlobServiceClient> own) {
        this.settings = config.azure();
        this.own = own;
    }

    @Override
    public StoreSettings.Kind kind() {
        return StoreSettings.Kind.AZURE;
    }

    @Override
    public BlobStore store() {
        String container = StoreOfKind.required(settings.container(), "azure.container", "the name of a container");
        BlobServiceClient client = StoreOfKind.own(own, BlobServiceClient.class);
        AzureBlobStore.Builder builder = AzureBlobStore.newAzureBlobStore(client == null ? make() : client, container);
        settings.keyPrefix().ifPresent(builder::keyPrefix);
        settings.publicContainer().ifPresent(builder::publicContainer);
        settings.publicBaseUrl().ifPresent(builder::publicBaseUrl);
        if (settings.userDelegation()) {
            builder.userDelegation();
        }
        return builder.build();
    }

    private BlobServiceClient make() {
        BlobServiceClientBuilder builder = new BlobServiceClientBuilder();
        if (settings.connectionString().isPresent()) {
            builder.connectionString(settings.connectionString().get());
        } else {
            String account = StoreOfKind.required(
                    settings.accountName(), "azure.account-name", "the name of the account, or a connection string");
            String key = StoreOfKind.required(settings.accountKey(), "azure.account-key", "the key of the account");
            builder.endpoint("https://" + account + ".blob.core.windows.net")
                    .credential(new StorageSharedKeyCredential(account, key));
        }
        settings.endpoint().map(URI::toString).ifPresent(builder::endpoint);
        return builder.buildClient();
    }
}
