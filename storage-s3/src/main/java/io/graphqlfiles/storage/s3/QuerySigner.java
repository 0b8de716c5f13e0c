package io.graphqlfiles.storage.s3;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

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
    private volatile @Nullable SigningKey lastKey;

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
     * @param query parameters beside those of the signature, encoded, in order, each of a name that begins with a small
     *     letter; empty for none
     * @param headers what the client must send beside {@code Host}
     * @param signedAt in seconds since 1970
     * @param lifetime in seconds
     */
    URI sign(
            String method,
            String objectKey,
            String query,
            SignedHeaders headers,
            AwsCredentialsIdentity credentials,
            long signedAt,
            long lifetime) {
        String time = SignatureTime.of(signedAt);
        SigningKey key = key(credentials, time.substring(0, 8));
        String algorithm = "X-Amz-Algorithm=AWS4-HMAC-SHA256";
        String credential = "&X-Amz-Credential=" + key.encodedCredential();
        String date = "&X-Amz-Date=" + time;
        String expires = "&X-Amz-Expires=" + lifetime;
        String token = credentials instanceof AwsSessionCredentialsIdentity session
                ? "X-Amz-Security-Token=" + UrlEncoding.encode(session.sessionToken())
                : "";
        String names = "&X-Amz-SignedHeaders=" + headers.encodedNames();
        String path = pathPrefix + objectKey;
        // Sorted by name, and a capital letter comes before every small one.
        String canonicalQuery = algorithm
                + credential
                + date
                + expires
                + (token.isEmpty() ? "" : "&")
                + token
                + names
                + (query.isEmpty() ? "" : "&")
                + query;
        String signature = key.sign(
                time,
                method + '\n' + path + '\n' + canonicalQuery + '\n' + headers.canonical(host) + '\n' + headers.names()
                        + "\nUNSIGNED-PAYLOAD");
        // In the order of the SDK.
        return URI.create(origin + path + '?' + query + (query.isEmpty() ? "" : "&") + token
                + (token.isEmpty() ? "" : "&") + algorithm + date + names + credential + expires + "&X-Amz-Signature="
                + signature);
    }

    /** The same URLs are signed over and over on one day: the key is derived once. */
    private SigningKey key(AwsCredentialsIdentity credentials, String day) {
        SigningKey key = lastKey;
        if (key == null || !key.isOf(credentials, day)) {
            key = SigningKey.derive(credentials, day, region);
            lastKey = key;
        }
        return key;
    }
}
