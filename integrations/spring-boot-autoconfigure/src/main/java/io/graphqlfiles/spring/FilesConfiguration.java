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

/** {@link GraphQLFiles} from properties and beans. */
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
        namedStores.stores().forEach((name, store) -> {
            if (!second.names().contains(name)) {
                builder.store(name, store);
            }
        });
        second.addTo(builder);
        CheckedSettings.requireSignable(properties, stores.values());
        authorizer.ifAvailable(found -> builder.authorizer(new RequestAuthorizer(found)));
        validators.orderedStream().forEach(builder::validator);
        registry.ifAvailable(builder::registry);
        listeners.orderedStream().forEach(builder::listener);
        reviewer.ifAvailable(builder::reviewer);
        attachments.ifAvailable(builder::attachments);
        unitOfWork.ifAvailable(builder::unitOfWork);
        tenants.ifAvailable(builder::tenants);
        addMedia(builder, beans);
        customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
        return builder.build();
    }

    /** What reads and makes pictures: of the module for it, or of the application. */
    private static void addMedia(GraphQLFiles.Builder builder, ListableBeanFactory beans) {
        beans.getBeanProvider(FileAnalyzer.class).orderedStream().forEach(builder::analyzer);
        beans.getBeanProvider(MetadataStripper.class).orderedStream().forEach(builder::metadataStripper);
        beans.getBeanProvider(VariantMaker.class).orderedStream().forEach(builder::variantMaker);
        beans.getBeanProvider(VariantUrlSigner.class).ifAvailable(builder::variantUrls);
        beans.getBeanProvider(VariantOptions.class).ifAvailable(builder::variantOptions);
    }

    /** Not where this process is there for a command. */
    @Bean
    @ConditionalOnMissingBean(WithoutSweeps.class)
    @ConditionalOnBooleanProperty(name = "graphql.files.sweep.enabled", matchIfMissing = true)
    FileSweeper graphQLFilesSweeper(
            GraphQLFiles files, GraphQLFilesProperties properties, BeanFactory beans, ObjectProvider<SweepLock> lock) {
        return new FileSweeper(
                files, properties.sweep(), applicationsScheduler(beans), lock.getIfAvailable(() -> SweepLock.NONE));
    }

    /** Not where this process is there to sweep once, which reviews too. */
    @Bean
    @ConditionalOnMissingBean(SweepRunner.class)
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
        stores.forEach((name, store) -> {
            if (store != defaultStore && !second.contains(name)) {
                builder.store(name, store);
            }
        });
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
