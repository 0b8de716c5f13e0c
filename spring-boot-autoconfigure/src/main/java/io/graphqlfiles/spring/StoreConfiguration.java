package io.graphqlfiles.spring;

import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.storage.fs.FileSystemBlobStore;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The store that properties name. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(BlobStore.class)
class StoreConfiguration {

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(FileSystemBlobStore.class)
    @ConditionalOnProperty(name = "graphql.files.store", havingValue = "fs", matchIfMissing = true)
    @ConditionalOnProperty("graphql.files.fs.root")
    static class FileSystem {

        @Bean
        BlobStore fileSystemBlobStore(GraphQLFilesProperties properties) {
            return FileSystemBlobStore.at(properties.fs().requireRoot());
        }
    }
}
