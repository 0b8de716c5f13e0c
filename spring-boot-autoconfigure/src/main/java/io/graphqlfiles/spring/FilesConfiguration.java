package io.graphqlfiles.spring;

import io.graphqlfiles.FileAuthorizer;
import io.graphqlfiles.FileFieldRegistry;
import io.graphqlfiles.FileListener;
import io.graphqlfiles.FileValidator;
import io.graphqlfiles.GraphQLFiles;
import io.graphqlfiles.spi.BlobStore;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** {@link GraphQLFiles} from properties and beans. */
@Configuration(proxyBeanMethods = false)
class FilesConfiguration {

    @Bean
    @ConditionalOnMissingBean
    GraphQLFiles graphQLFiles(
            GraphQLFilesProperties properties,
            ListableBeanFactory beans,
            ObjectProvider<FileAuthorizer> authorizer,
            ObjectProvider<FileValidator> validators,
            ObjectProvider<FileFieldRegistry> registry,
            ObjectProvider<FileListener> listeners,
            ObjectProvider<GraphQLFilesBuilderCustomizer> customizers) {
        GraphQLFiles.Builder builder = BuilderFromProperties.of(properties);
        addStores(builder, beans);
        authorizer.ifAvailable(found -> builder.authorizer(new RequestAuthorizer(found)));
        validators.orderedStream().forEach(builder::validator);
        registry.ifAvailable(builder::registry);
        listeners.orderedStream().forEach(builder::listener);
        customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
        return builder.build();
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "graphql.files.sweep.enabled", matchIfMissing = true)
    StagedUploadSweeper graphQLFilesSweeper(GraphQLFiles files, GraphQLFilesProperties properties) {
        return new StagedUploadSweeper(files, properties.sweep().interval());
    }

    /** The only or primary store is the default one; others go by the names of their beans. */
    private static void addStores(GraphQLFiles.Builder builder, ListableBeanFactory beans) {
        Map<String, BlobStore> stores = new TreeMap<>(beans.getBeansOfType(BlobStore.class));
        if (stores.isEmpty()) {
            throw new MissingSettingException(
                    "File fields need a store to keep files in, and none is configured.",
                    "Set graphql.files.fs.root to a directory, or declare a bean of type " + BlobStore.class.getName()
                            + ".");
        }
        BlobStore defaultStore = beans.getBeanProvider(BlobStore.class).getIfUnique();
        if (defaultStore == null) {
            throw new MissingSettingException(
                    "There are several beans of type " + BlobStore.class.getName() + " and none is the default: "
                            + String.join(", ", List.copyOf(stores.keySet())) + ".",
                    "Mark the default one with @Primary.");
        }
        builder.store(defaultStore);
        stores.forEach((name, store) -> {
            if (store != defaultStore) {
                builder.store(name, store);
            }
        });
    }
}
