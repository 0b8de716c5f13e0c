package io.graphqlfiles.storage.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.api.gax.retrying.RetrySettings;
import com.google.cloud.NoCredentials;
import com.google.cloud.http.HttpTransportOptions;
import com.google.cloud.storage.HttpStorageOptions;
import com.google.cloud.storage.StorageOptions;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.spi.CopyRequest;
import io.graphqlfiles.spi.PartUpload;
import io.graphqlfiles.spi.PartUploadRequest;
import io.graphqlfiles.spi.PutPartRequest;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.UploadedPart;
import io.graphqlfiles.spi.Visibility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A service that accepts and never answers: each call ends, and few requests follow one that has failed. */
@Timeout(60)
class GcsTimeLimitsTest {

    private static final String KEY = "private/a";
    private static final int CHUNK = 256 * 1024;
    private static final PartUpload UPLOAD = new PartUpload(KEY, "upload");

    private final SilentServer server = new SilentServer();
    private final GcsBlobStore store = GcsBlobStore.newGcsBlobStore(
                    options(server.endpoint(), 200, 100).getService(), "bucket")
            .hmacKey("id", "secret")
            .chunkByteSize(CHUNK)
            .build();

    GcsTimeLimitsTest() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    interface Call {
        Object of(GcsBlobStore store) throws IOException;
    }

    static Stream<Map.Entry<String, Call>> calls() {
        BlobInfo source =
                BlobInfo.newBlobInfo(KEY, 1, Instant.EPOCH).version("1").build();
        return Map.<String, Call>of(
                "put", store -> store.put(blob(1000), content(1000)),
                "put of several chunks", store -> store.put(blob(2 * CHUNK), content(2 * CHUNK)),
                "stat", store -> store.stat(KEY),
                "head", store -> store.head(KEY, 10),
                "open", store -> store.open(KEY, ByteRange.whole()),
                "copy",
                        store -> store.copy(
                                new CopyRequest(source, "private/b", "image/png", "inline", Visibility.PRIVATE)),
                "beginParts", store -> store.beginParts(new PartUploadRequest(KEY, 1000, 5 << 20, "image/png")),
                "putPart", store -> store.putPart(new PutPartRequest(UPLOAD, 1, 1000), content(1000)),
                "listParts", store -> store.listParts(UPLOAD),
                "list", store -> store.list("private/", null, 10))
                .entrySet()
                .stream();
    }

    @ParameterizedTest
    @MethodSource("calls")
    void anyCall_ends(Map.Entry<String, Call> call) {
        assertGivenUp(() -> call.getValue().of(store));

        // Three attempts begin in 200 ms when each takes 100; as many follow at most.
        assertThat(server.connections()).isBetween(1, 6);
    }

    /** However many keys there are. */
    @Test
    void delete_stopsWhereNoAnswerComes() {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            keys.add("private/" + i);
        }

        assertGivenUp(() -> store.delete(keys));

        assertThat(server.connections()).isBetween(1, 6);
    }

    @Test
    void completeParts_ends() {
        assertGivenUp(() -> store.completeParts(UPLOAD, List.of(new UploadedPart(1, 1000, "etag"))));

        assertThat(server.connections()).isBetween(1, 6);
    }

    @ParameterizedTest
    @CsvSource({
        "40000, 20000, 10000, 10000",
        "200000, 20000, 50000, 20000",
        "40000, 0, 10000, 10000",
        "200000, -1, 50000, 20000"
    })
    void inAHurry_hasAQuarterOfTheTime(long call, int attempt, long hurriedCall, int hurriedAttempt) {
        HttpStorageOptions hurried = Endpoints.inAHurry(options(URI.create("http://127.0.0.1:1"), call, attempt));

        HttpTransportOptions transport = (HttpTransportOptions) hurried.getTransportOptions();
        assertThat(hurried.getRetrySettings().getTotalTimeoutDuration()).hasMillis(hurriedCall);
        assertThat(transport.getReadTimeout()).isEqualTo(hurriedAttempt);
        assertThat(transport.getConnectTimeout()).isEqualTo(hurriedAttempt);
    }

    @Test
    void inAHurry_clientWithoutALimit_staysAsItIs() {
        HttpStorageOptions unlimited = options(URI.create("http://127.0.0.1:1"), 0, 100);

        assertThat(Endpoints.inAHurry(unlimited)).isSameAs(unlimited);
    }

    private static void assertGivenUp(ThrowingCallable call) {
        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(call)
                .withMessageContaining("the service gave no answer that could be used")
                .matches(BlobStoreException::isRetryable);
    }

    private static HttpStorageOptions options(URI endpoint, long callMillis, int attemptMillis) {
        return StorageOptions.http()
                .setHost(endpoint.toString())
                .setProjectId("tests")
                .setCredentials(NoCredentials.getInstance())
                .setTransportOptions(HttpTransportOptions.newBuilder()
                        .setConnectTimeout(attemptMillis)
                        .setReadTimeout(attemptMillis)
                        .build())
                .setRetrySettings(RetrySettings.newBuilder()
                        .setMaxAttempts(callMillis == 0 ? 1 : 0)
                        .setInitialRetryDelayDuration(Duration.ofMillis(1))
                        .setMaxRetryDelayDuration(Duration.ofMillis(1))
                        .setTotalTimeoutDuration(Duration.ofMillis(callMillis))
                        .build())
                .build();
    }

    private static PutRequest blob(long size) {
        return new PutRequest(KEY, size, "image/png", "attachment", Visibility.PRIVATE);
    }

    private static ByteArrayInputStream content(int size) {
        return new ByteArrayInputStream(new byte[size]);
    }
}
