package io.graphqlfiles.storage.s3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Signs requests in their query, as <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html">Signature Version 4</a> does. The
 * URLs equal those of the SDK's own presigner, letter by letter. Thread-safe; no I/O.
 */
final class QuerySigner {

    private final String origin;
    private final String host;
    private final String pathPrefix;
    private final String region;
    private volatile @Nullable SigningPeriod lastPeriod;

    /**
     * @param base what comes before the object's key in a URL: scheme, host and a path that ends in {@code /}
     * @param region the server's
     */
    QuerySigner(URI base, String region) {
        this.origin = base.getScheme() + "://" + base.getRawAuthority();
        this.host = base.getRawAuthority();
        this.pathPrefix = base.getRawPath();
        this.region = region;
    }

    /**
     * Signs a request.
     *
     * @param objectKey of characters that need no encoding in a path
     * @param query parameters in addition to those of the signature, encoded, in order, each of a name that begins with
     *     a small letter; empty for none
     * @param headers what the client must send in addition to {@code Host}
     * @param signedAt in seconds since 1970
     * @param lifetime in seconds
     */
    String sign(
            String method,
            String objectKey,
            String query,
            SignedHeaders headers,
            AwsCredentialsIdentity credentials,
            long signedAt,
            long lifetime) {
        SigningPeriod period = period(credentials, signedAt, lifetime);
        String path = pathPrefix + objectKey;
        String names = "&X-Amz-SignedHeaders=" + headers.encodedNames();
        // Sorted by name, and a capital letter comes before every small one.
        String start = method + '\n' + path + '\n';
        String end = names + (query.isEmpty() ? "" : "&") + query + '\n' + headers.canonical(host) + '\n'
                + headers.names() + "\nUNSIGNED-PAYLOAD";
        String signature = period.sign(start.getBytes(ISO_8859_1), period.canonicalQuery(), end.getBytes(ISO_8859_1));
        return origin
                + path
                + '?'
                + query
                + (query.isEmpty() ? "" : "&")
                + period.beforeHeaders()
                + names
                + period.afterHeaders()
                + signature;
    }

    private SigningPeriod period(AwsCredentialsIdentity credentials, long signedAt, long lifetime) {
        SigningPeriod period = lastPeriod;
        if (period == null || !period.is(credentials, signedAt, lifetime)) {
            period = SigningPeriod.of(credentials, region, signedAt, lifetime, period);
            lastPeriod = period;
        }
        return period;
    }
}
