package io.graphqlfiles.storage.gcs.docs;

import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.storage.gcs.GcsBlobStore;
import java.net.URI;

/** What docs/gcs.md shows. */
final class GcsStores {

    private GcsStores() {}

    static BlobStore plain(String accessId, String secret) {
        // tag::store
        Storage storage = StorageOptions.http().build().getService();
        return GcsBlobStore.newGcsBlobStore(storage, "my-bucket")
                .hmacKey(accessId, secret)
                .publicBaseUrl(URI.create("https://cdn.example.com"))
                .build();
        // end::store
    }
}
