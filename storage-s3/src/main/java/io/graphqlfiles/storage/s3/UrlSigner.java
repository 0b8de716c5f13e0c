package io.graphqlfiles.storage.s3;

import io.graphqlfiles.spi.DirectPartAccess;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.SignGetRequest;
import io.graphqlfiles.spi.SignPartRequest;
import io.graphqlfiles.spi.SignPutRequest;
import io.graphqlfiles.spi.SignedRequest;
import io.graphqlfiles.spi.SignedUrl;
import io.graphqlfiles.spi.Visibility;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.identity.spi.ResolveIdentityRequest;

/** Signs what clients may do with one blob. */
final class UrlSigner implements DirectPartAccess {

    /** The longest that a server takes. */
    private static final Duration MAX_VALIDITY = Duration.ofDays(7);

    private static final ResolveIdentityRequest ANY_IDENTITY =
            ResolveIdentityRequest.builder().build();

    private final QuerySigner signer;
    private final String keyPrefix;
    private final String publicBaseUrl;
    private final IdentityProvider<? extends AwsCredentialsIdentity> credentialsProvider;
    private final Failures failures;
    private final ObjectSettings settings;
    private final @Nullable CloudFrontSigner cloudFront;

    /**
     * @param publicBaseUrl what comes before our key in the URL of a public blob
     * @param settings of the objects that clients create
     * @param cloudFront signs downloads; null if the bucket's own URLs are given out
     */
    UrlSigner(
            QuerySigner signer,
            String keyPrefix,
            String publicBaseUrl,
            IdentityProvider<? extends AwsCredentialsIdentity> credentialsProvider,
            Failures failures,
            ObjectSettings settings,
            @Nullable CloudFrontSigner cloudFront) {
        this.signer = signer;
        this.keyPrefix = keyPrefix;
        this.publicBaseUrl = publicBaseUrl;
        this.credentialsProvider = credentialsProvider;
        this.failures = failures;
        this.settings = settings;
        this.cloudFront = cloudFront;
    }

    @Override
    public SignedRequest signPut(SignPutRequest put) {
        String key = put.key();
        // Checks the type as it does for one that is put here: it becomes a header.
        new PutRequest(key, put.byteSize(), put.contentType(), "attachment", Visibility.PRIVATE);
        if (put.byteSize() < 0) {
            throw new IllegalArgumentException("byteSize: expected 0 or more, found " + put.byteSize());
        }
        Validity validity = validity("signPut", key, put.signedAt(), put.expiresAt());
        String url = validity.sign(
                "PUT",
                keyPrefix + key,
                "",
                SignedHeaders.ofNewObject(put.byteSize(), put.contentType(), settings.headers()));
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", put.contentType());
        headers.put("If-None-Match", "*");
        headers.putAll(settings.headers());
        return new SignedRequest("PUT", URI.create(url), headers, validity.expiresAt());
    }

    @Override
    public SignedUrl signGet(SignGetRequest get) {
        String key = get.key();
        if (get.visibility() == Visibility.PUBLIC) {
            return new SignedUrl(publicBaseUrl + key, null);
        }
        if (cloudFront != null) {
            return cloudFront.signGet(get);
        }
        Validity validity = validity("signGet", key, get.signedAt(), get.expiresAt());
        String disposition = get.contentDisposition();
        String query = disposition == null ? "" : "response-content-disposition=" + UrlEncoding.encode(disposition);
        return new SignedUrl(validity.sign("GET", keyPrefix + key, query, SignedHeaders.HOST), validity.expiresAt());
    }

    @Override
    public SignedRequest signPart(SignPartRequest part) {
        String key = part.upload().key();
        if (part.number() < 1 || part.number() > MultipartParts.LIMITS.maxParts()) {
            throw new IllegalArgumentException(
                    "number: expected 1 to " + MultipartParts.LIMITS.maxParts() + ", found " + part.number());
        }
        if (part.byteSize() < 1 || part.byteSize() > MultipartParts.LIMITS.maxPartByteSize()) {
            throw new IllegalArgumentException("byteSize: expected 1 to " + MultipartParts.LIMITS.maxPartByteSize()
                    + ", found " + part.byteSize());
        }
        Validity validity = validity("signPart", key, part.signedAt(), part.expiresAt());
        String query = "partNumber=" + part.number() + "&uploadId="
                + UrlEncoding.encode(part.upload().uploadId());
        String url = validity.sign("PUT", keyPrefix + key, query, SignedHeaders.ofPart(part.byteSize()));
        return new SignedRequest("PUT", URI.create(url), Map.of(), validity.expiresAt());
    }

    @Override
    public Duration maxValidity() {
        return MAX_VALIDITY;
    }

    /** CloudFront takes signatures of RSA keys. */
    @Override
    public boolean isSlowToSign() {
        return cloudFront != null;
    }

    private Validity validity(String operation, String key, Instant signedAt, Instant expiresAt) {
        AwsCredentialsIdentity credentials = credentials(operation, key);
        // Signatures know whole seconds only; none ends later than was asked for.
        long lifetime = expiresAt.getEpochSecond() - signedAt.getEpochSecond();
        if (lifetime < 1 || lifetime > MAX_VALIDITY.toSeconds()) {
            throw new IllegalArgumentException("expiresAt: expected 1 second to 7 days after signedAt, found "
                    + lifetime + " seconds: servers take no signature that lives longer");
        }
        Instant end = credentials.expirationTime().filter(expiresAt::isAfter).orElse(expiresAt);
        long capped = end.getEpochSecond() - signedAt.getEpochSecond();
        if (capped < 1) {
            throw failures.other(operation, key, true, "credentials expired at " + end, null);
        }
        return new Validity(credentials, signedAt.getEpochSecond(), capped, end);
    }

    private AwsCredentialsIdentity credentials(String operation, String key) {
        try {
            return credentialsProvider.resolveIdentity(ANY_IDENTITY).join();
        } catch (CompletionException e) {
            throw failures.other(operation, key, true, "expected credentials, found none", e.getCause());
        } catch (RuntimeException e) {
            throw failures.other(operation, key, true, "expected credentials, found none", e);
        }
    }

    /** With what, from when and for how long. */
    private final class Validity {

        private final AwsCredentialsIdentity credentials;
        private final long signedAt;
        private final long lifetime;
        private final Instant expiresAt;

        Validity(AwsCredentialsIdentity credentials, long signedAt, long lifetime, Instant expiresAt) {
            this.credentials = credentials;
            this.signedAt = signedAt;
            this.lifetime = lifetime;
            this.expiresAt = expiresAt;
        }

        Instant expiresAt() {
            return expiresAt;
        }

        String sign(String method, String objectKey, String query, SignedHeaders headers) {
            return signer.sign(method, objectKey, query, headers, credentials, signedAt, lifetime);
        }
    }
}
