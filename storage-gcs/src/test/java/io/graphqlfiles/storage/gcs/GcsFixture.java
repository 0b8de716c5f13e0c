package io.graphqlfiles.storage.gcs;

import com.google.api.gax.retrying.RetrySettings;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import io.graphqlfiles.storage.gcs.server.GcsTestServer;
import io.graphqlfiles.storage.gcs.server.ServiceAccount;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/**
 * A bucket for tests: of a server of this process, or, when {@code GCS_ENDPOINT}, {@code GCS_SERVICE_ACCOUNT_JSON} (the
 * key file's text or path) and {@code GCS_BUCKET} are set, of that service, with {@code GCS_HMAC_ACCESS_ID} and
 * {@code GCS_HMAC_SECRET} where tests sign with an HMAC key.
 */
final class GcsFixture implements AutoCloseable {

    static final String BUCKET = "files-tests";

    private static final String ENDPOINT = System.getenv("GCS_ENDPOINT");
    private static final ServiceAccount ACCOUNT = account(System.getenv());

    private final GcsTestServer server;
    private final Storage storage;
    private final String bucket;

    private GcsFixture(GcsTestServer server, URI endpoint, String bucket) throws IOException {
        this.server = server;
        this.bucket = bucket;
        this.storage = client(endpoint);
    }

    /** The bucket that is configured, or that of a new server. */
    static GcsFixture start(Path directory) throws IOException {
        return ENDPOINT == null
                ? startServer(directory, Clock.systemUTC())
                : new GcsFixture(null, URI.create(ENDPOINT), required(System.getenv(), "GCS_BUCKET"));
    }

    /** The bucket of a new server, for tests that look into it or let it fail. */
    static GcsFixture startServer(Path directory, Clock clock) throws IOException {
        GcsTestServer server = GcsTestServer.newServer(ACCOUNT, directory)
                .clock(clock)
                .maxPageSize(100)
                .bytesPerRewrite(8 * 1024 * 1024)
                .start();
        server.createBucket(BUCKET, "(app/)?public/.*");
        return new GcsFixture(server, server.endpoint(), BUCKET);
    }

    GcsTestServer server() {
        return server;
    }

    Storage storage() {
        return storage;
    }

    String bucket() {
        return bucket;
    }

    GcsBlobStore.Builder newStore() {
        return GcsBlobStore.newGcsBlobStore(storage, bucket);
    }

    GcsBlobStore.Builder newHmacStore() {
        return newStore().hmacKey(ACCOUNT.hmacAccessId(), ACCOUNT.hmacSecret());
    }

    @Override
    public void close() {
        // A client over HTTP has nothing to close.
        if (server != null) {
            server.close();
        }
    }

    private static Storage client(URI endpoint) throws IOException {
        return StorageOptions.http()
                .setHost(endpoint.toString())
                .setProjectId("tests")
                .setCredentials(ACCOUNT.credentials(endpoint))
                // Three attempts without a wait: tests count them, and do not sleep.
                .setRetrySettings(RetrySettings.newBuilder()
                        .setMaxAttempts(3)
                        .setInitialRetryDelayDuration(Duration.ofMillis(1))
                        .setMaxRetryDelayDuration(Duration.ofMillis(1))
                        .setTotalTimeoutDuration(Duration.ofMinutes(1))
                        .build())
                .build()
                .getService();
    }

    static ServiceAccount account(Map<String, String> environment) {
        try {
            if (environment.get("GCS_ENDPOINT") == null) {
                return ServiceAccount.generate();
            }
            String keyFile = required(environment, "GCS_SERVICE_ACCOUNT_JSON");
            String accessId = required(environment, "GCS_HMAC_ACCESS_ID");
            String secret = required(environment, "GCS_HMAC_SECRET");
            return ServiceAccount.read(
                    keyFile.startsWith("{") ? keyFile : Files.readString(Path.of(keyFile)), accessId, secret);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String required(Map<String, String> environment, String variable) {
        String value = environment.get(variable);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException("GCS_ENDPOINT is set, and " + variable
                    + " is not: see \"run the store's own tests\" in docs/gcs.md");
        }
        return value;
    }
}
