package io.graphqlfiles.storage.s3;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.SdkServiceClientConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetUrlRequest;

/**
 * Where a client would send a request for an object. {@code S3Utilities} knows of endpoints, path style, dual stack and
 * acceleration but not of FIPS, nor of what an application's own plugins and interceptors make of a URL; so the client
 * is let prepare a request and stopped before it sends it.
 */
final class ClientEndpoint {

    private static final String ANY_KEY = "key";

    private ClientEndpoint() {}

    /**
     * What comes before the key in the URLs of a bucket's objects, as clients write it in {@code Host}: without capital
     * letters and without the scheme's own port. No I/O; the client's credentials are not asked for.
     *
     * @throws IllegalArgumentException if the client does not say
     */
    static URI of(S3Client client, String bucket) {
        try {
            URI prepared = prepared(client, bucket);
            String url = (prepared == null ? described(client, bucket) : prepared).toString();
            return canonical(URI.create(url.substring(0, url.length() - ANY_KEY.length())));
        } catch (UnsupportedOperationException | SdkException e) {
            throw new IllegalArgumentException(
                    "signingClient: expected a client that knows the URL of bucket " + bucket + ", found "
                            + client.getClass().getName() + ": " + e.getMessage(),
                    e);
        }
    }

    /** The URL of the request; null if the client takes no plugins. */
    private static @Nullable URI prepared(S3Client client, String bucket) {
        try {
            client.getObject(GetObjectRequest.builder()
                            .bucket(bucket)
                            .key(ANY_KEY)
                            .overrideConfiguration(request -> UnsentRequest.withoutTimeLimits(request)
                                    .addPlugin(ClientEndpoint::stopBeforeSending))
                            .build())
                    .abort();
            return null;
        } catch (RuntimeException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof PreparedException stop) {
                    return stop.url;
                }
            }
            throw e;
        }
    }

    private static URI described(S3Client client, String bucket) {
        return URI.create(client.utilities()
                .getUrl(GetUrlRequest.builder().bucket(bucket).key(ANY_KEY).build())
                .toString());
    }

    private static void stopBeforeSending(SdkServiceClientConfiguration.Builder configuration) {
        if (configuration instanceof S3ServiceClientConfiguration.Builder s3) {
            s3.credentialsProvider(AnonymousCredentialsProvider.create());
            s3.overrideConfiguration(s3.overrideConfiguration().toBuilder()
                    .addExecutionInterceptor(new Stop())
                    .build());
        }
    }

    private static URI canonical(URI url) {
        String scheme = url.getScheme().toLowerCase(Locale.ROOT);
        boolean ownPort = url.getPort() == (scheme.equals("https") ? 443 : 80);
        String authority = url.getRawAuthority().toLowerCase(Locale.ROOT);
        return URI.create(scheme
                + "://"
                + (ownPort ? authority.substring(0, authority.lastIndexOf(':')) : authority)
                + url.getRawPath());
    }

    private static final class Stop implements ExecutionInterceptor {

        @Override
        public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
            throw new PreparedException(context.httpRequest().getUri());
        }
    }

    private static final class PreparedException extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final URI url;

        PreparedException(URI url) {
            super("the request is not to be sent", null, false, false);
            this.url = url;
        }
    }
}
