package io.graphqlfiles.storage.s3.docs;

import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.storage.s3.S3BlobStore;
import java.net.URI;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** What docs/s3.md shows. */
final class S3Stores {

    private S3Stores() {}

    static BlobStore plain(S3Client client) {
        // tag::store
        return S3BlobStore.newS3BlobStore(client, "my-bucket")
                .publicBaseUrl(URI.create("https://cdn.example.com"))
                .build();
        // end::store
    }

    static S3Client compatible() {
        // tag::compatible
        return S3Client.builder()
                .endpointOverride(URI.create("https://s3.example.com"))
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .applyMutation(S3BlobStore::forCompatibleServers)
                .build();
        // end::compatible
    }
}
