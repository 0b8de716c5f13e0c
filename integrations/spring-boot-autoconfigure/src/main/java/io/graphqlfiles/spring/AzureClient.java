package io.graphqlfiles.spring;

import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.common.StorageSharedKeyCredential;
import io.graphqlfiles.storage.azure.AzureBlobStore;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The client of the Azure store: the application's own, or one made from properties. That is kept out of the
 * application's beans, where others would take it for theirs. It has nothing to close.
 */
final class AzureClient {

    private final BlobServiceClient client;

    private AzureClient(BlobServiceClient client) {
        this.client = client;
    }

    /**
     * @param own the application's; null if it has none
     * @throws MissingSettingException if there is no container, or nothing to connect with
     */
    static AzureClient of(GraphQLFilesProperties.Azure settings, @Nullable BlobServiceClient own) {
        requireContainer(settings);
        if (own != null) {
            return new AzureClient(own);
        }
        BlobServiceClientBuilder builder = new BlobServiceClientBuilder();
        URI endpoint = CheckedSettings.serverUrl("azure.endpoint", settings.endpoint());
        if (settings.connectionString() != null) {
            builder.connectionString(settings.connectionString());
        } else {
            String account = MissingSettingException.unlessSet(settings.accountName(), "azure", "account-name");
            String key = MissingSettingException.unlessSet(settings.accountKey(), "azure", "account-key");
            builder.endpoint("https://" + account + ".blob.core.windows.net")
                    .credential(new StorageSharedKeyCredential(account, key));
        }
        if (endpoint != null) {
            builder.endpoint(endpoint.toString());
        }
        return new AzureClient(builder.buildClient());
    }

    AzureBlobStore store(GraphQLFilesProperties.Azure settings) {
        Duration callTimeout = CheckedSettings.positive("azure.call-timeout", settings.callTimeout());
        AzureBlobStore.Builder builder = AzureBlobStore.newAzureBlobStore(client, requireContainer(settings))
                .keyPrefix(settings.keyPrefix())
                .callTimeout(callTimeout);
        if (settings.publicContainer() != null) {
            builder.publicContainer(settings.publicContainer());
        }
        URI publicBaseUrl = CheckedSettings.serverUrl("azure.public-base-url", settings.publicBaseUrl());
        if (publicBaseUrl != null) {
            builder.publicBaseUrl(publicBaseUrl);
        }
        if (settings.bufferMemory() != null) {
            builder.bufferByteSize(settings.bufferMemory().toBytes());
        }
        if (settings.userDelegation()) {
            builder.userDelegation();
        }
        return builder.build();
    }

    private static String requireContainer(GraphQLFilesProperties.Azure settings) {
        return MissingSettingException.unlessSet(settings.container(), "azure", "container");
    }
}
