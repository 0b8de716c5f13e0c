package io.graphqlfiles.storage.s3;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;

/** Makes a signer that agrees with a client. */
final class SignerFactory {

    private SignerFactory() {}

    /**
     * @throws IllegalArgumentException if the client does not say what a signer needs, or the bucket is of a kind that
     *     wants signatures of another kind
     */
    static UrlSigner create(
            S3Client client,
            Bucket bucket,
            @Nullable URI publicBaseUrl,
            Failures failures,
            ObjectSettings settings,
            @Nullable CloudFrontSigner cloudFront) {
        if (bucket.name().startsWith("arn:") || bucket.name().endsWith("--x-s3")) {
            throw new IllegalArgumentException(
                    "bucket: expected the name of a general purpose bucket or the alias of an" + " access point, found "
                            + bucket.name());
        }
        URI base = ClientEndpoint.of(client, bucket.name());
        S3ServiceClientConfiguration configuration = configuration(client);
        String ownPublicBaseUrl = base + bucket.keyPrefix();
        return new UrlSigner(
                new QuerySigner(base, region(configuration)),
                bucket.keyPrefix(),
                publicBaseUrl == null ? ownPublicBaseUrl : withSlash(publicBaseUrl),
                configuration.credentialsProvider(),
                failures,
                settings,
                cloudFront);
    }

    /**
     * Passes on a URL to which keys can be appended.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    static URI requireBaseUrl(String name, URI url) {
        boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
        if (!http || url.getHost() == null || url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    name + ": expected http or https, a host, no query and no fragment, found " + url);
        }
        return url;
    }

    private static S3ServiceClientConfiguration configuration(S3Client client) {
        try {
            return client.serviceClientConfiguration();
        } catch (UnsupportedOperationException e) {
            throw new IllegalArgumentException(
                    "signingClient: expected a client with a known region and credentials provider, found "
                            + client.getClass().getName(),
                    e);
        }
    }

    private static String region(S3ServiceClientConfiguration configuration) {
        Region region = configuration.region();
        // Those whose names are not the ones to sign with.
        return region.equals(Region.AWS_GLOBAL)
                ? Region.US_EAST_1.id()
                : region.id().replace("fips-", "").replace("-fips", "");
    }

    static String withSlash(URI url) {
        String text = url.toString();
        return text.endsWith("/") ? text : text + "/";
    }
}
