package io.graphqlfiles.spring;

import graphql.execution.instrumentation.Instrumentation;
import io.graphqlfiles.FileAuthorizer;
import io.graphqlfiles.FileFieldRegistry;
import io.graphqlfiles.FileValidator;
import io.graphqlfiles.GraphQLFiles;
import io.graphqlfiles.UnitOfWork;
import io.graphqlfiles.spi.AttachmentStore;
import io.graphqlfiles.spi.BlobStore;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.ConfigurableApplicationContext;
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
            ObjectProvider<AttachmentStore> attachments,
            ObjectProvider<UnitOfWork> unitOfWork,
            ObjectProvider<GraphQLFilesBuilderCustomizer> customizers) {
        GraphQLFiles.Builder builder = BuilderFromProperties.of(properties);
        addStores(builder, beans);
        authorizer.ifAvailable(found -> builder.authorizer(new RequestAuthorizer(found)));
        validators.orderedStream().forEach(builder::validator);
        registry.ifAvailable(builder::registry);
        attachments.ifAvailable(builder::attachments);
        unitOfWork.ifAvailable(builder::unitOfWork);
        customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
        return builder.build();
    }

    /** Spring for GraphQL gives requests no DataLoaders while the application has none itself. */
    @Bean
    @ConditionalOnBean(AttachmentStore.class)
    Instrumentation graphQLFilesInstrumentation(GraphQLFiles files) {
        return files.instrumentation();
    }

    /** On the command line: --graphql.files.reconcile, or =fix. */
    @Bean
    @ConditionalOnProperty("graphql.files.reconcile")
    ReconcileCommand graphQLFilesReconcileCommand(
            GraphQLFiles files, GraphQLFilesProperties properties, ConfigurableApplicationContext context) {
        boolean fixes = properties.reconcile() == GraphQLFilesProperties.Reconcile.FIX;
        return new ReconcileCommand(
                files, fixes, System.out, status -> System.exit(SpringApplication.exit(context, () -> status)));
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "graphql.files.sweep.enabled", matchIfMissing = true)
    FileSweeper graphQLFilesSweeper(GraphQLFiles files, GraphQLFilesProperties properties) {
        return new FileSweeper(files, properties.sweep());
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
