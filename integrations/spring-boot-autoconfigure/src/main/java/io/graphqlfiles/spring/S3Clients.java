package io.graphqlfiles.spring;

import io.graphqlfiles.storage.s3.S3BlobStore;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * The clients of the S3 store: the application's own, or one made from properties. Those are kept out of the
 * application's beans, where others would take them for theirs, and are closed with the context.
 */
final class S3Clients implements AutoCloseable {

    private final S3Client client;
    private final S3Client signingClient;
    private final List<S3Client> made;

    private S3Clients(S3Client client, S3Client signingClient, List<S3Client> made) {
        this.client = client;
        this.signingClient = signingClient;
        this.made = made;
    }

    /**
     * @param own the application's; null if it has none
     * @throws MissingSettingException if there is no bucket, or no region is known
     */
    static S3Clients of(GraphQLFilesProperties.S3 settings, @Nullable S3Client own) {
        requireBucket(settings);
        if (own != null) {
            return new S3Clients(own, own, List.of());
        }
        URI endpoint = CheckedSettings.serverUrl("s3.endpoint", settings.endpoint());
        URI publicEndpoint = CheckedSettings.serverUrl("s3.public-endpoint", settings.publicEndpoint());
        Region region = region(settings);
        List<S3Client> made = new ArrayList<>();
        S3Client client = create(settings, region, endpoint);
        made.add(client);
        S3Client signingClient = client;
        if (publicEndpoint != null) {
            signingClient = create(settings, region, publicEndpoint);
            made.add(signingClient);
        }
        return new S3Clients(client, signingClient, made);
    }

    S3BlobStore store(GraphQLFilesProperties.S3 settings) {
        S3BlobStore.Builder builder = S3BlobStore.newS3BlobStore(client, requireBucket(settings))
                .signingClient(signingClient)
                .keyPrefix(settings.keyPrefix())
                .objectAcls(settings.objectAcls());
        if (settings.bufferMemory() != null) {
            builder.bufferByteSize(settings.bufferMemory().toBytes());
        }
        URI publicBaseUrl = CheckedSettings.serverUrl("s3.public-base-url", settings.publicBaseUrl());
        if (publicBaseUrl != null) {
            builder.publicBaseUrl(publicBaseUrl);
        }
        settings.requestHeaders().forEach(builder::requestHeader);
        GraphQLFilesProperties.CloudFront cloudFront = settings.cloudFront();
        if (cloudFront != null) {
            builder.cloudFront(
                    MissingSettingException.unlessSet(
                            CheckedSettings.serverUrl("s3.cloud-front.base-url", cloudFront.baseUrl()),
                            "s3",
                            "cloud-front.base-url"),
                    MissingSettingException.unlessSet(cloudFront.keyPairId(), "s3", "cloud-front.key-pair-id"),
                    PemKey.rsa(
                            "s3.cloud-front.private-key",
                            MissingSettingException.unlessSet(
                                    cloudFront.privateKey(), "s3", "cloud-front.private-key")));
        }
        return builder.build();
    }

    @Override
    public void close() {
        made.forEach(S3Client::close);
    }

    private static String requireBucket(GraphQLFilesProperties.S3 settings) {
        return MissingSettingException.unlessSet(settings.bucket(), "s3", "bucket");
    }

    private static S3Client create(GraphQLFilesProperties.S3 settings, Region region, @Nullable URI endpoint) {
        S3ClientBuilder builder = S3Client.builder()
                .region(region)
                .forcePathStyle(settings.pathStyle())
                .overrideConfiguration(client -> client.apiCallTimeout(
                                CheckedSettings.positive("s3.call-timeout", settings.callTimeout()))
                        .apiCallAttemptTimeout(
                                CheckedSettings.positive("s3.attempt-timeout", settings.attemptTimeout())));
        if (endpoint != null) {
            builder.endpointOverride(endpoint);
        }
        if (settings.compatible()) {
            S3BlobStore.forCompatibleServers(builder);
        }
        return builder.build();
    }

    private static Region region(GraphQLFilesProperties.S3 settings) {
        if (settings.region() != null) {
            return Region.of(settings.region());
        }
        try {
            return DefaultAwsRegionProviderChain.builder().build().getRegion();
        } catch (SdkClientException e) {
            throw new MissingSettingException(
                    "The store of graphql.files.store=s3 needs a region, and neither is one configured nor does the"
                            + " environment name one.",
                    "Set graphql.files.s3.region or AWS_REGION to the region of the bucket. Servers other than Amazon's"
                            + " mostly take us-east-1.");
        }
    }
}
