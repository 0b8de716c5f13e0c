package io.graphqlfiles.spring.test;

import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spring.GraphQLFilesAutoConfiguration;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * In tests: files are kept in memory, whatever store properties name. Gives way to a {@link BlobStore} bean of the
 * application's, and backs off with {@code graphql.files.test.in-memory=false}.
 */
@AutoConfiguration(before = GraphQLFilesAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "graphql.files.test.in-memory", matchIfMissing = true)
public final class FilesTestAutoConfiguration {

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(BlobStore.class)
    static class Store {

        @Bean
        InMemoryBlobStore graphQLFilesTestBlobStore() {
            return new InMemoryBlobStore();
        }

        @Bean
        TestFileStore graphQLFilesTestStore(InMemoryBlobStore store) {
            return new TestFileStore(store);
        }
    }
}
