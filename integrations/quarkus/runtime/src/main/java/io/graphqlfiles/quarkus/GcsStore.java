package io.graphqlfiles.quarkus;

import com.google.cloud.storage.HttpStorageOptions;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.storage.gcs.GcsBlobStore;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The store in a bucket of Google Cloud Storage. */
@Singleton
class GcsStore implements StoreOfKind {

    private final StoreSettings.Gcs settings;
    private final Instance<Storage> own;
    private @Nullable Storage made;

    GcsStore(FilesConfig config, Instance<Storage> own) {
        this.settings = config.gcs();
        this.own = own;
    }

    @Override
    public StoreSettings.Kind kind() {
        return StoreSettings.Kind.GCS;
    }

    @Override
    public BlobStore store() {
        String bucket = StoreOfKind.required(settings.bucket(), "gcs.bucket", "the name of a bucket");
        Storage storage = StoreOfKind.own(own, Storage.class);
        GcsBlobStore.Builder builder = GcsBlobStore.newGcsBlobStore(storage == null ? make() : storage, bucket);
        settings.keyPrefix().ifPresent(builder::keyPrefix);
        settings.publicBaseUrl().ifPresent(builder::publicBaseUrl);
        return builder.build();
    }

    private Storage make() {
        HttpStorageOptions.Builder options = StorageOptions.http();
        settings.project().ifPresent(options::setProjectId);
        settings.endpoint().map(URI::toString).ifPresent(options::setHost);
        Storage storage = options.build().getService();
        made = storage;
        return storage;
    }

    @PreDestroy
    void close() throws Exception {
        if (made != null) {
            made.close();
        }
    }
}
