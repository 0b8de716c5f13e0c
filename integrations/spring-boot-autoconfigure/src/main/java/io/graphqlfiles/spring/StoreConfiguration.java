package io.graphqlfiles.spring;

import com.azure.storage.blob.BlobServiceClient;
import com.google.cloud.storage.Storage;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.storage.fs.FileSystemBlobStore;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.services.s3.S3Client;

/** The store that properties name. */
final class StoreConfiguration {

    private StoreConfiguration() {}

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(BlobStore.class)
    @ConditionalOnProperty(name = "graphql.files.store", havingValue = "fs", matchIfMissing = true)
    @ConditionalOnProperty("graphql.files.fs.root")
    static class FileSystem {

        @Bean
        BlobStore fileSystemBlobStore(GraphQLFilesProperties properties) {
            return FileSystemBlobStore.newFileSystemBlobStore(properties.fs().requireRoot())
                    .attributes(properties.fs().attributes())
                    .build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(BlobStore.class)
    @ConditionalOnProperty(name = "graphql.files.store", havingValue = "s3")
    static class S3 {

        @Bean
        S3Clients graphQLFilesS3Clients(GraphQLFilesProperties properties, ListableBeanFactory beans) {
            return S3Clients.of(properties.s3(), VendorClient.of(S3Client.class, beans));
        }

        @Bean
        BlobStore s3BlobStore(GraphQLFilesProperties properties, S3Clients clients) {
            return clients.store(properties.s3());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(BlobStore.class)
    @ConditionalOnProperty(name = "graphql.files.store", havingValue = "gcs")
    static class Gcs {

        @Bean
        GcsClient graphQLFilesGcsClient(GraphQLFilesProperties properties, ListableBeanFactory beans) {
            return GcsClient.of(properties.gcs(), VendorClient.of(Storage.class, beans));
        }

        @Bean
        BlobStore gcsBlobStore(GraphQLFilesProperties properties, GcsClient client) {
            return client.store(properties.gcs());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(BlobStore.class)
    @ConditionalOnProperty(name = "graphql.files.store", havingValue = "azure")
    static class Azure {

        @Bean
        AzureClient graphQLFilesAzureClient(GraphQLFilesProperties properties, ListableBeanFactory beans) {
            return AzureClient.of(properties.azure(), VendorClient.of(BlobServiceClient.class, beans));
        }

        @Bean
        BlobStore azureBlobStore(GraphQLFilesProperties properties, AzureClient client) {
            return client.store(properties.azure());
        }
    }
}
