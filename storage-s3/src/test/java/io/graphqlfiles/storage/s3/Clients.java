package io.graphqlfiles.storage.s3;

import io.graphqlfiles.storage.s3.server.S3Server;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Clients as applications configure them. */
final class Clients {

    private Clients() {}

    /** With the SDK's defaults. */
    static S3Client ordinary(S3Server server) {
        return server.newClient().build();
    }

    /** As servers want it that know nothing of checksums and chunks; and on another HTTP client. */
    static S3Client compatible(S3Server server) {
        return newCompatible(server).build();
    }

    static S3ClientBuilder newCompatible(S3Server server) {
        return server.newClient()
                .applyMutation(S3BlobStore::forCompatibleServers)
                .httpClientBuilder(UrlConnectionHttpClient.builder());
    }
}
