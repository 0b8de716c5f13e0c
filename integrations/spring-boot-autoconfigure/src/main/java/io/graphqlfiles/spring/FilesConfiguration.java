package io.graphqlfiles.spring;

import io.graphqlfiles.FileAuthorizer;
import io.graphqlfiles.FileFieldRegistry;
import io.graphqlfiles.FileListener;
import io.graphqlfiles.FileReviewer;
import io.graphqlfiles.FileTenants;
import io.graphqlfiles.FileValidator;
import io.graphqlfiles.UnitOfWork;
import io.graphqlfiles.VariantOptions;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.attachment.AttachmentStore;
import io.graphqlfiles.spi.media.FileAnalyzer;
import io.graphqlfiles.spi.media.MetadataStripper;
import io.graphqlfiles.spi.media.VariantMaker;
import io.graphqlfiles.spi.media.VariantUrlSigner;
import io.graphqlfiles.spring.GraphQLFilesProperties.StoreKind;
import io.micrometer.context.ContextSnapshotFactory;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.annotation.ScheduledAnnotationBeanPostProcessor;

/** {@link GraphQLFiles} from properties and beans. In loops: each start would wait for the classes of lambdas. */
@Configuration(proxyBeanMethods = false)
class FilesConfiguration {

    /** No beans of type BlobStore: those are the application's, and one of them the default. */
    @Bean
    NamedStores graphQLFilesNamedStores(GraphQLFilesProperties properties, ListableBeanFactory beans) {
        return new NamedStores(properties.stores(), beans);
    }

    @Bean
    @ConditionalOnMissingBean
    GraphQLFiles graphQLFiles(
            GraphQLFilesProperties properties,
            ListableBeanFactory beans,
            ObjectProvider<FileAuthorizer> authorizer,
            ObjectProvider<FileValidator> validators,
            ObjectProvider<FileFieldRegistry> registry,
            ObjectProvider<FileListener> listeners,
            ObjectProvider<FileReviewer> reviewer,
            ObjectProvider<AttachmentStore> attachments,
            ObjectProvider<UnitOfWork> unitOfWork,
            ObjectProvider<FileTenants> tenants,
            NamedStores namedStores,
            ObjectProvider<GraphQLFilesBuilderCustomizer> customizers) {
        GraphQLFiles.Builder builder = BuilderFromProperties.of(properties)
                .threadContext(work ->
                        ContextSnapshotFactory.builder().build().captureAll().wrap(work));
        Map<String, BlobStore> stores = new TreeMap<>(beans.getBeansOfType(BlobStore.class));
        Map<String, BlobStore> further = new TreeMap<>(stores);
        further.putAll(namedStores.stores());
        SecondStores second = new SecondStores(properties, further);
        addStores(builder, stores, second.names(), beans, properties.store());
        for (Map.Entry<String, BlobStore> named : namedStores.stores().entrySet()) {
            if (!second.names().contains(named.getKey())) {
                builder.store(named.getKey(), named.getValue());
            }
        }
        second.addTo(builder);
        CheckedSettings.requireSignable(properties, stores.values());
        FileAuthorizer foundAuthorizer = authorizer.getIfAvailable();
        if (foundAuthorizer != null) {
            builder.authorizer(new RequestAuthorizer(foundAuthorizer));
        }
        for (FileValidator validator : ordered(validators)) {
            builder.validator(validator);
        }
        FileFieldRegistry foundRegistry = registry.getIfAvailable();
        if (foundRegistry != null) {
            builder.registry(foundRegistry);
        }
        for (FileListener listener : ordered(listeners)) {
            builder.listener(listener);
        }
        builder.reviewer(reviewer.getIfAvailable())
                .attachments(attachments.getIfAvailable())
                .tenants(tenants.getIfAvailable());
        UnitOfWork foundUnitOfWork = unitOfWork.getIfAvailable();
        if (foundUnitOfWork != null) {
            builder.unitOfWork(foundUnitOfWork);
        }
        addMedia(builder, beans);
        for (GraphQLFilesBuilderCustomizer customizer : ordered(customizers)) {
            customizer.customize(builder);
        }
        return builder.build();
    }

    /** What reads and makes pictures: of the module for it, or of the application. */
    private static void addMedia(GraphQLFiles.Builder builder, BeanFactory beans) {
        for (FileAnalyzer analyzer : ordered(beans.getBeanProvider(FileAnalyzer.class))) {
            builder.analyzer(analyzer);
        }
        for (MetadataStripper stripper : ordered(beans.getBeanProvider(MetadataStripper.class))) {
            builder.metadataStripper(stripper);
        }
        for (VariantMaker maker : ordered(beans.getBeanProvider(VariantMaker.class))) {
            builder.variantMaker(maker);
        }
        builder.variantUrls(beans.getBeanProvider(VariantUrlSigner.class).getIfAvailable());
        VariantOptions options = beans.getBeanProvider(VariantOptions.class).getIfAvailable();
        if (options != null) {
            builder.variantOptions(options);
        }
    }

    private static <T> List<T> ordered(ObjectProvider<T> beans) {
        return beans.orderedStream().toList();
    }

    /** Not where this process is there for a command. */
    @Bean
    @ConditionalOnMissingBean(CommandRunner.class)
    @ConditionalOnBooleanProperty(name = "graphql.files.sweep.enabled", matchIfMissing = true)
    FileSweeper graphQLFilesSweeper(
            GraphQLFiles files, GraphQLFilesProperties properties, BeanFactory beans, ObjectProvider<SweepLock> lock) {
        return new FileSweeper(
                files, properties.sweep(), applicationsScheduler(beans), lock.getIfAvailable(() -> SweepLock.NONE));
    }

    /** Not where this process is there for a command. */
    @Bean
    @ConditionalOnMissingBean(CommandRunner.class)
    @ConditionalOnBean(FileReviewer.class)
    @ConditionalOnBooleanProperty(name = "graphql.files.review.enabled", matchIfMissing = true)
    ReviewRunner graphQLFilesReviewRunner(GraphQLFiles files, GraphQLFilesProperties properties, BeanFactory beans) {
        return new ReviewRunner(files, properties.review(), applicationsScheduler(beans));
    }

    /**
     * The one that {@code @Scheduled} methods run in, by the name that Spring Boot gives it; those of brokers do not
     * count.
     */
    private static @Nullable TaskScheduler applicationsScheduler(BeanFactory beans) {
        String name = ScheduledAnnotationBeanPostProcessor.DEFAULT_TASK_SCHEDULER_BEAN_NAME;
        return beans.containsBean(name) && beans.isTypeMatch(name, TaskScheduler.class)
                ? beans.getBean(name, TaskScheduler.class)
                : null;
    }

    /** The only or primary store is the default one; others go by the names of their beans. */
    private static void addStores(
            GraphQLFiles.Builder builder,
            Map<String, BlobStore> stores,
            Set<String> second,
            ListableBeanFactory beans,
            @Nullable StoreKind kind) {
        if (stores.isEmpty()) {
            throw storeMissing(kind);
        }
        BlobStore defaultStore = beans.getBeanProvider(BlobStore.class).getIfUnique();
        if (defaultStore == null) {
            throw new MissingSettingException(
                    "There are several beans of type " + BlobStore.class.getName() + " and none is the default: "
                            + String.join(", ", List.copyOf(stores.keySet())) + ".",
                    "Mark the default one with @Primary.");
        }
        builder.store(defaultStore);
        for (Map.Entry<String, BlobStore> named : stores.entrySet()) {
            if (named.getValue() != defaultStore && !second.contains(named.getKey())) {
                builder.store(named.getKey(), named.getValue());
            }
        }
    }

    private static MissingSettingException storeMissing(@Nullable StoreKind kind) {
        String ownBean = ", or declare a bean of type " + BlobStore.class.getName() + ".";
        if (kind == null || kind == StoreKind.FS) {
            return new MissingSettingException(
                    "File fields need a store to keep files in, and none is configured.",
                    "Set graphql.files.fs.root to a directory" + ownBean);
        }
        String name = kind.name().toLowerCase(Locale.ROOT);
        return new MissingSettingException(
                "The store of graphql.files.store=" + name + " is not on the class path.",
                "Add the dependency " + kind.dependencies() + ownBean);
    }
}
