package io.graphqlfiles.storage.s3.server;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** A server with a bucket to test against. */
public interface S3Server extends AutoCloseable {

    /**
     * The server that {@code S3_ENDPOINT}, {@code S3_BUCKET}, {@code S3_ACCESS_KEY}, {@code S3_SECRET_KEY} and perhaps
     * {@code S3_REGION} in the environment name, or else one that is started for the purpose.
     */
    static S3Server open() {
        String endpoint = System.getenv("S3_ENDPOINT");
        return endpoint == null || endpoint.isEmpty() ? S3ProxyServer.start() : new GivenS3Server(URI.create(endpoint));
    }

    URI endpoint();

    String bucket();

    String region();

    String accessKey();

    String secretKey();

    /** A client for this server with the SDK's defaults; whoever builds it closes it. */
    default S3ClientBuilder newClient() {
        return S3Client.builder()
                .endpointOverride(endpoint())
                .forcePathStyle(true)
                .region(Region.of(region()))
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey(), secretKey())));
    }

    @Override
    void close();
}
