package io.graphqlfiles.quarkus;

import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.storage.s3.S3BlobStore;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** The store in a bucket of S3. */
@Singleton
class S3Store implements StoreOfKind {

    private static final String REGION = "quarkus.graphql-files.s3.region";

    private final StoreSettings.S3 settings;
    private final Instance<S3Client> own;
    private final List<S3Client> made = new ArrayList<>();

    S3Store(FilesConfig config, Instance<S3Client> own) {
        this.settings = config.s3();
        this.own = own;
    }

    @Override
    public StoreSettings.Kind kind() {
        return StoreSettings.Kind.S3;
    }

    @Override
    public BlobStore store() {
        String bucket = StoreOfKind.required(settings.bucket(), "s3.bucket", "the name of a bucket");
        S3Client given = StoreOfKind.own(own, S3Client.class);
        S3Client client = given == null ? make(settings.endpoint()) : given;
        S3BlobStore.Builder builder = S3BlobStore.newS3BlobStore(client, bucket);
        if (given == null && settings.publicEndpoint().isPresent()) {
            builder.signingClient(make(settings.publicEndpoint()));
        }
        settings.keyPrefix().ifPresent(builder::keyPrefix);
        settings.publicBaseUrl().ifPresent(builder::publicBaseUrl);
        return builder.build();
    }

    private S3Client make(Optional<URI> endpoint) {
        S3ClientBuilder builder = S3Client.builder()
                .forcePathStyle(settings.pathStyle())
                .overrideConfiguration(client ->
                        client.apiCallTimeout(settings.callTimeout()).apiCallAttemptTimeout(settings.attemptTimeout()));
        settings.region().map(Region::of).ifPresent(builder::region);
        endpoint.ifPresent(builder::endpointOverride);
        if (settings.compatible()) {
            S3BlobStore.forCompatibleServers(builder);
        }
        S3Client client = build(builder);
        made.add(client);
        return client;
    }

    private S3Client build(S3ClientBuilder builder) {
        try {
            return builder.build();
        } catch (SdkClientException e) {
            if (settings.region().isPresent()) {
                throw e;
            }
            throw new ConfigurationException(
                    REGION + ": expected the region of the bucket here or in AWS_REGION, found nothing. Servers other"
                            + " than Amazon's mostly take us-east-1",
                    e,
                    Set.of(REGION));
        }
    }

    @PreDestroy
    void close() {
        made.forEach(S3Client::close);
    }
}
