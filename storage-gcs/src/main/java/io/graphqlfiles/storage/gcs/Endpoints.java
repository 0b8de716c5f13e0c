package io.graphqlfiles.storage.gcs;

import com.google.api.client.http.HttpRequestFactory;
import com.google.api.gax.retrying.RetrySettings;
import com.google.api.gax.rpc.FixedHeaderProvider;
import com.google.api.gax.rpc.NoHeaderProvider;
import com.google.cloud.http.HttpTransportOptions;
import com.google.cloud.storage.HttpStorageOptions;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Where the service is, and which names can stand in its URLs as they are. */
final class Endpoints {

    /** See <a href="https://cloud.google.com/storage/docs/buckets#naming">Bucket names</a>. */
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]");

    /** In milliseconds, of {@link com.google.api.client.http.HttpRequest}. */
    private static final int DEFAULT_TIMEOUT = 20_000;

    private Endpoints() {}

    /**
     * Scheme and authority of the service that a client talks to, as clients write it in {@code Host}: without capital
     * letters and without the scheme's own port.
     */
    static URI of(HttpStorageOptions options) {
        URI host = URI.create(options.getHost());
        if (host.getRawAuthority() == null) {
            throw new IllegalArgumentException("storage: expected a host with a scheme, found " + options.getHost());
        }
        String scheme = host.getScheme().toLowerCase(Locale.ROOT);
        String authority = host.getRawAuthority().toLowerCase(Locale.ROOT);
        boolean ownPort = host.getPort() == (scheme.equals("https") ? 443 : 80);
        return URI.create(scheme + "://" + (ownPort ? authority.substring(0, authority.lastIndexOf(':')) : authority));
    }

    static String requireBucketName(String bucket) {
        if (!BUCKET.matcher(bucket).matches()) {
            throw new IllegalArgumentException(
                    "bucket: expected 3 to 222 of a-z, 0-9, '.', '_', '-', found " + bucket.length() + " characters");
        }
        return bucket;
    }

    /** Without the slashes at its end. */
    static String requireBaseUrl(String name, URI url) {
        boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!http || url.getRawAuthority() == null || url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    name + ": expected an absolute http or https URL without query, found another");
        }
        return url.toString().replaceAll("/+$", "");
    }

    /** Requests of our own, over the client's transport and with its credentials. */
    static HttpRequestFactory requests(HttpStorageOptions options) {
        HttpTransportOptions transport = (HttpTransportOptions) options.getTransportOptions();
        return transport
                .getHttpTransportFactory()
                .create()
                .createRequestFactory(transport.getHttpRequestInitializer(options));
    }

    /**
     * The same client for what follows a failure, with a quarter of the time that it has for a call: the caller has
     * waited for one already.
     */
    static HttpStorageOptions inAHurry(HttpStorageOptions options) {
        RetrySettings retries = options.getRetrySettings();
        Duration limit = retries.getTotalTimeoutDuration().dividedBy(4);
        HttpTransportOptions transport = (HttpTransportOptions) options.getTransportOptions();
        if (limit.isZero() || transport.getClass() != HttpTransportOptions.class) {
            return options;
        }
        return options.toBuilder()
                .setRetrySettings(
                        retries.toBuilder().setTotalTimeoutDuration(limit).build())
                .setTransportOptions(transport.toBuilder()
                        .setConnectTimeout(atMost(transport.getConnectTimeout(), limit))
                        .setReadTimeout(atMost(transport.getReadTimeout(), limit))
                        .build())
                .build();
    }

    /**
     * The same client without the name that the application has given it, as Spring Cloud GCP does: the vendor's client
     * for uploads in parts adds its own, and cannot be made with two.
     */
    static HttpStorageOptions nameless(HttpStorageOptions options) {
        Map<String, String> headers =
                options.getMergedHeaderProvider(new NoHeaderProvider()).getHeaders();
        Map<String, String> others = new LinkedHashMap<>(headers);
        others.keySet().removeIf("User-Agent"::equalsIgnoreCase);
        return others.size() == headers.size()
                ? options
                : options.toBuilder()
                        .setHeaderProvider(FixedHeaderProvider.create(others))
                        .build();
    }

    /** @param milliseconds of the vendor's options: negative for the default, zero for no limit */
    private static int atMost(int milliseconds, Duration limit) {
        int own = milliseconds < 0 ? DEFAULT_TIMEOUT : milliseconds == 0 ? Integer.MAX_VALUE : milliseconds;
        return (int) Math.min(own, Math.max(1, limit.toMillis()));
    }
}
