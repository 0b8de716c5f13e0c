package io.graphqlfiles.spring;

import com.azure.storage.blob.BlobServiceClient;
import com.google.cloud.storage.Storage;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.storage.azure.AzureBlobStore;
import io.graphqlfiles.storage.fs.FileSystemBlobStore;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.beans.factory.ListableBeanFactory;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The stores of {@code graphql.files.stores}, with the clients that were made for them, which are closed with the
 * context. What is not on the class path is not touched unless it is named.
 */
final class NamedStores implements AutoCloseable {

    private final Map<String, BlobStore> stores = new LinkedHashMap<>();
    private final Deque<Runnable> clients = new ArrayDeque<>();

    NamedStores(Map<String, GraphQLFilesProperties.NamedStore> settings, ListableBeanFactory beans) {
        try {
            settings.forEach((name, each) -> stores.put(name, create(name, each, beans)));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    Map<String, BlobStore> stores() {
        return stores;
    }

    private BlobStore create(String name, GraphQLFilesProperties.NamedStore settings, ListableBeanFactory beans) {
        if (settings.store() == null) {
            String property = "graphql.files.stores." + name + ".store";
            throw new MissingSettingException(
                    "The store " + name + " has no kind.", "Set " + property + " to fs, s3, gcs or azure.");
        }
        try {
            return switch (settings.store()) {
                case FS -> Fs.create(name, settings.fs());
                case S3 -> S3.create(settings.s3(), beans, clients);
                case GCS -> Gcs.create(settings.gcs(), beans, clients);
                case AZURE -> Azure.create(settings.azure(), beans, clients);
            };
        } catch (MissingSettingException e) {
            // It speaks of the default store's settings, which are called the same.
            throw new MissingSettingException("graphql.files.stores." + name + ": " + e.getMessage(), e.action());
        } catch (NoClassDefFoundError e) {
            String kind = settings.store().name().toLowerCase(Locale.ROOT);
            throw new MissingSettingException(
                    "The store of graphql.files.stores." + name + ".store=" + kind + " is not on the class path.",
                    "Add the dependency " + settings.store().dependencies() + ".");
        }
    }

    @Override
    public void close() {
        while (!clients.isEmpty()) {
            clients.pop().run();
        }
    }

    private static final class Fs {

        static BlobStore create(String name, GraphQLFilesProperties.Fs settings) {
            if (settings.root() == null) {
                String property = "graphql.files.stores." + name + ".fs.root";
                throw new MissingSettingException(
                        "The store " + name + " needs " + property + ", and it is not set.",
                        "Set " + property + " to a directory.");
            }
            return FileSystemBlobStore.newFileSystemBlobStore(settings.requireRoot())
                    .attributes(settings.attributes())
                    .build();
        }
    }

    private static final class S3 {

        static BlobStore create(
                GraphQLFilesProperties.S3 settings, ListableBeanFactory beans, Deque<Runnable> clients) {
            S3Clients made = S3Clients.of(settings, VendorClient.of(S3Client.class, beans));
            clients.push(made::close);
            return made.store(settings);
        }
    }

    private static final class Gcs {

        static BlobStore create(
                GraphQLFilesProperties.Gcs settings, ListableBeanFactory beans, Deque<Runnable> clients) {
            GcsClient made = GcsClient.of(settings, VendorClient.of(Storage.class, beans));
            clients.push(made::close);
            return made.store(settings);
        }
    }

    private static final class Azure {

        static BlobStore create(
                GraphQLFilesProperties.Azure settings, ListableBeanFactory beans, Deque<Runnable> clients) {
            AzureBlobStore store = AzureClient.of(settings, VendorClient.of(BlobServiceClient.class, beans))
                    .store(settings);
            clients.push(store::close);
            return store;
        }
    }
}
