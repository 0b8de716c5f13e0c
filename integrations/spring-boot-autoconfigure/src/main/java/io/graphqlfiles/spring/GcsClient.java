package io.graphqlfiles.spring;

import com.google.cloud.http.HttpTransportOptions;
import com.google.cloud.storage.HttpStorageOptions;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import io.graphqlfiles.storage.gcs.GcsBlobStore;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The client of the Google Cloud Storage store: the application's own, or one made from properties. That is kept out of
 * the application's beans, where others would take it for theirs, and is closed with the context.
 */
final class GcsClient implements AutoCloseable {

    private final Storage storage;
    private final boolean made;

    private GcsClient(Storage storage, boolean made) {
        this.storage = storage;
        this.made = made;
    }

    /**
     * @param own the application's; null if it has none
     * @throws MissingSettingException if there is no bucket
     */
    static GcsClient of(GraphQLFilesProperties.Gcs settings, @Nullable Storage own) {
        requireBucket(settings);
        if (own != null) {
            return new GcsClient(own, false);
        }
        Duration call = CheckedSettings.positive("gcs.call-timeout", settings.callTimeout());
        Duration attempt = shorter(call, CheckedSettings.positive("gcs.attempt-timeout", settings.attemptTimeout()));
        HttpStorageOptions.Builder options = StorageOptions.http()
                .setTransportOptions(HttpTransportOptions.newBuilder()
                        .setConnectTimeout(milliseconds(attempt))
                        .setReadTimeout(milliseconds(attempt))
                        .build())
                .setRetrySettings(StorageOptions.getDefaultRetrySettings().toBuilder()
                        .setTotalTimeoutDuration(atLeastAMillisecond(call.minus(attempt)))
                        .build());
        if (settings.project() != null) {
            options.setProjectId(settings.project());
        }
        URI endpoint = CheckedSettings.serverUrl("gcs.endpoint", settings.endpoint());
        if (endpoint != null) {
            options.setHost(endpoint.toString());
        }
        return new GcsClient(options.build().getService(), true);
    }

    GcsBlobStore store(GraphQLFilesProperties.Gcs settings) {
        GcsBlobStore.Builder builder = GcsBlobStore.newGcsBlobStore(storage, requireBucket(settings))
                .keyPrefix(settings.keyPrefix())
                .objectAcls(settings.objectAcls());
        URI publicBaseUrl = CheckedSettings.serverUrl("gcs.public-base-url", settings.publicBaseUrl());
        if (publicBaseUrl != null) {
            builder.publicBaseUrl(publicBaseUrl);
        }
        if (settings.bufferMemory() != null) {
            builder.bufferByteSize(settings.bufferMemory().toBytes());
        }
        GraphQLFilesProperties.CloudCdn cdn = settings.cloudCdn();
        if (cdn != null) {
            builder.cloudCdn(
                    MissingSettingException.unlessSet(
                            CheckedSettings.serverUrl("gcs.cloud-cdn.base-url", cdn.baseUrl()),
                            "gcs",
                            "cloud-cdn.base-url"),
                    MissingSettingException.unlessSet(cdn.keyName(), "gcs", "cloud-cdn.key-name"),
                    MissingSettingException.unlessSet(cdn.key(), "gcs", "cloud-cdn.key"));
        }
        GraphQLFilesProperties.HmacKey hmac = settings.hmac();
        if (hmac != null) {
            builder.hmacKey(
                    MissingSettingException.unlessSet(hmac.accessId(), "gcs", "hmac.access-id"),
                    MissingSettingException.unlessSet(hmac.secret(), "gcs", "hmac.secret"));
        }
        return builder.build();
    }

    @Override
    public void close() {
        if (made) {
            try {
                storage.close();
            } catch (Exception e) {
                throw new IllegalStateException("the client of Google Cloud Storage does not close", e);
            }
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** The time within which attempts begin; for the vendor's client none would be no limit. */
    private static Duration atLeastAMillisecond(Duration duration) {
        Duration shortest = Duration.ofMillis(1);
        return duration.compareTo(shortest) < 0 ? shortest : duration;
    }

    private static int milliseconds(Duration duration) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, duration.toMillis()));
    }

    private static String requireBucket(GraphQLFilesProperties.Gcs settings) {
        return MissingSettingException.unlessSet(settings.bucket(), "gcs", "bucket");
    }
}
