package io.graphqlfiles.quarkus;

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
import io.graphqlfiles.storage.fs.FileSystemBlobStore;
import io.quarkus.arc.All;
import io.quarkus.arc.InstanceHandle;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@link GraphQLFiles} from properties and beans. */
@Singleton
public class FilesProducer {

    private static final String ROOT = "quarkus.graphql-files.fs.root";
    private static final String STORE = "quarkus.graphql-files.store";

    /** For CDI. */
    public FilesProducer() {}

    @Produces
    @Singleton
    GraphQLFiles files(
            FilesConfig config,
            Threads threads,
            @All List<InstanceHandle<BlobStore>> stores,
            @All List<StoreOfKind> kinds,
            Instance<FileAuthorizer> authorizer,
            @All List<FileValidator> validators,
            @All List<FileListener> listeners,
            Instance<FileFieldRegistry> registry,
            Instance<FileTenants> tenants,
            Instance<FileReviewer> reviewer,
            Instance<AttachmentStore> attachments,
            Instance<UnitOfWork> unitOfWork,
            Media media) {
        GraphQLFiles.Builder builder =
                BuilderFromConfig.of(config).executor(threads.working()).uploadExecutor(threads.receiving());
        if (!addBeans(builder, stores)) {
            builder.store(configured(config, kinds));
        }
        ifPresent(authorizer, found -> builder.authorizer(new RequestAuthorizer(found)));
        validators.forEach(builder::validator);
        listeners.forEach(builder::listener);
        ifPresent(registry, builder::registry);
        ifPresent(tenants, builder::tenants);
        if (config.attachments().enabled()) {
            ifPresent(attachments, builder::attachments);
            ifPresent(reviewer, builder::reviewer);
            ifPresent(unitOfWork, builder::unitOfWork);
        }
        media.addTo(builder);
        return builder.build();
    }

    void close(@Disposes GraphQLFiles files) {
        files.close();
    }

    /**
     * The one without a name is the default one; others go by theirs.
     *
     * @return whether there is a default one
     */
    private static boolean addBeans(GraphQLFiles.Builder builder, List<InstanceHandle<BlobStore>> stores) {
        boolean hasDefault = false;
        for (InstanceHandle<BlobStore> store : stores) {
            String name = name(store.getBean().getQualifiers());
            if (name == null) {
                builder.store(store.get());
                hasDefault = true;
            } else {
                builder.store(name, store.get());
            }
        }
        return hasDefault;
    }

    private static BlobStore configured(FilesConfig config, List<StoreOfKind> kinds) {
        if (config.store() == StoreSettings.Kind.FS) {
            return directory(config.fs());
        }
        return kinds.stream()
                .filter(kind -> kind.kind() == config.store())
                .findFirst()
                .orElseThrow(() -> missingModule(config.store()))
                .store();
    }

    private static BlobStore directory(FilesConfig.Fs config) {
        return FileSystemBlobStore.newFileSystemBlobStore(config.root()
                        .orElseThrow(() -> new ConfigurationException(
                                ROOT + ": expected a directory to keep files in, or " + STORE
                                        + " with another store, or a bean of type " + BlobStore.class.getName()
                                        + ", found none of these",
                                Set.of(ROOT, STORE))))
                .attributes(config.attributes())
                .build();
    }

    private static ConfigurationException missingModule(StoreSettings.Kind kind) {
        String name = kind.name().toLowerCase(Locale.ROOT);
        String modules = "io.graphqlfiles:graphql-files-storage-" + name
                + (kind == StoreSettings.Kind.S3 ? " and software.amazon.awssdk:s3" : "");
        return new ConfigurationException(
                STORE + "=" + name + ": expected " + modules + " among the dependencies of the application, found it"
                        + " missing",
                Set.of(STORE));
    }

    private static @Nullable String name(Set<Annotation> qualifiers) {
        for (Annotation qualifier : qualifiers) {
            if (qualifier instanceof Named named) {
                return named.value();
            }
        }
        return null;
    }

    private static <T> void ifPresent(Instance<T> bean, Consumer<T> use) {
        if (bean.isResolvable()) {
            use.accept(bean.get());
        }
    }

    /** The beans that read and make pictures. */
    @Singleton
    static class Media {

        private final List<FileAnalyzer> analyzers;
        private final List<MetadataStripper> strippers;
        private final List<VariantMaker> makers;
        private final Instance<VariantUrlSigner> signer;
        private final Instance<VariantOptions> options;

        Media(
                @All List<FileAnalyzer> analyzers,
                @All List<MetadataStripper> strippers,
                @All List<VariantMaker> makers,
                Instance<VariantUrlSigner> signer,
                Instance<VariantOptions> options) {
            this.analyzers = analyzers;
            this.strippers = strippers;
            this.makers = makers;
            this.signer = signer;
            this.options = options;
        }

        void addTo(GraphQLFiles.Builder builder) {
            analyzers.forEach(builder::analyzer);
            strippers.forEach(builder::metadataStripper);
            makers.forEach(builder::variantMaker);
            ifPresent(signer, builder::variantUrls);
            ifPresent(options, builder::variantOptions);
        }
    }
}
