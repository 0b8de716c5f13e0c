package io.graphqlfiles.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.graphqlfiles.spi.CopyRequest;
import io.graphqlfiles.spi.PartUpload;
import io.graphqlfiles.spi.PartUploadRequest;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.SignPutRequest;
import io.graphqlfiles.spi.SignedRequest;
import io.graphqlfiles.spi.Visibility;
import io.graphqlfiles.storage.s3.server.S3ProxyServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;

/** What objects are stored with, beside their bytes: what caches may do, and what the owner of the bucket wants. */
class S3ObjectHeadersTest {

    private static final String KMS = "x-amz-server-side-encryption";
    private static final String KMS_KEY = "x-amz-server-side-encryption-aws-kms-key-id";
    private static final String ARN = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd";

    private static S3ProxyServer server;
    private static S3Client client;
    private static final List<SdkHttpRequest> SENT = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void start() {
        server = S3ProxyServer.start();
        client = server.newClient()
                .overrideConfiguration(settings -> settings.addExecutionInterceptor(new ExecutionInterceptor() {
                    @Override
                    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
                        SENT.add(context.httpRequest());
                    }
                }))
                .build();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    private static S3BlobStore.Builder newStore() {
        return S3BlobStore.newS3BlobStore(client, server.bucket()).partByteSize(5 * 1024 * 1024);
    }

    private static String cacheControl(String key) {
        return client.headObject(HeadObjectRequest.builder()
                        .bucket(server.bucket())
                        .key(key)
                        .build())
                .cacheControl();
    }

    private static void put(S3BlobStore store, String key, int size, Visibility visibility) throws IOException {
        store.put(
                new PutRequest(key, size, "text/plain", "attachment", visibility),
                new ByteArrayInputStream(new byte[size]));
    }

    @ParameterizedTest
    @CsvSource({
        "PUBLIC, 5, 'public, max-age=31536000, immutable'",
        "PRIVATE, 5, 'private, max-age=86400, immutable'",
        "PUBLIC, 6000000, 'public, max-age=31536000, immutable'"
    })
    void put_cacheControl_isKeptWithTheObject_andWithItsCopy(Visibility visibility, int size, String expected)
            throws IOException {
        S3BlobStore store = newStore().build();
        String key = "cached/" + visibility.name().toLowerCase(Locale.ROOT) + size;
        put(store, key, size, visibility);
        store.copy(new CopyRequest(store.stat(key), key + "-copy", "text/plain", "attachment", visibility));

        assertThat(cacheControl(key)).isEqualTo(expected);
        assertThat(cacheControl(key + "-copy")).isEqualTo(expected);
    }

    @Test
    void requestHeaders_areSentWithWhatCreatesAnObject_andWithNothingElse() throws IOException {
        S3BlobStore store = newStore()
                .requestHeader("X-Amz-Server-Side-Encryption", "aws:kms")
                .requestHeader(KMS_KEY, ARN)
                .build();
        SENT.clear();
        put(store, "kms/small", 5, Visibility.PRIVATE);
        put(store, "kms/large", 6_000_000, Visibility.PRIVATE);
        store.copy(
                new CopyRequest(store.stat("kms/small"), "kms/copy", "text/plain", "attachment", Visibility.PRIVATE));
        PartUpload upload =
                store.beginParts(new PartUploadRequest("kms/parts", 6_000_000, 5 * 1024 * 1024, "text/plain"));
        store.abortParts(upload);
        store.delete(List.of("kms/small", "kms/large", "kms/copy"));

        List<String> with = SENT.stream()
                .filter(request -> has(request, KMS, "aws:kms") && has(request, KMS_KEY, ARN))
                .filter(request -> request.firstMatchingHeader("authorization")
                        .filter(value -> value.contains(KMS_KEY))
                        .isPresent())
                .map(S3ObjectHeadersTest::operation)
                .toList();
        assertThat(with)
                .contains("PUT kms/small", "POST kms/large?uploads", "PUT kms/copy", "POST kms/parts?uploads")
                .noneMatch(operation ->
                        operation.startsWith("GET") || operation.startsWith("HEAD") || operation.startsWith("DELETE"));
        assertThat(SENT).hasSizeGreaterThan(with.size());
    }

    private static boolean has(SdkHttpRequest request, String name, String value) {
        return request.firstMatchingHeader(name).filter(value::equals).isPresent();
    }

    private static String operation(SdkHttpRequest request) {
        return request.method() + " "
                + request.encodedPath().substring(server.bucket().length() + 2)
                + (request.rawQueryParameters().containsKey("uploads") ? "?uploads" : "");
    }

    @Test
    void signPut_requestHeaders_mustBeSent() throws Exception {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        S3BlobStore store = newStore()
                .requestHeader("x-amz-tagging", "team=shop")
                .requestHeader("x-amz-storage-class", "STANDARD")
                .build();
        SignedRequest request =
                store.signPut(new SignPutRequest("staged/a", 2, "text/plain", now, now.plusSeconds(600)));

        assertThat(request.headers())
                .containsOnly(
                        Map.entry("Content-Type", "text/plain"),
                        Map.entry("If-None-Match", "*"),
                        Map.entry("x-amz-storage-class", "STANDARD"),
                        Map.entry("x-amz-tagging", "team=shop"));
        assertThat(request.url().getQuery())
                .contains(
                        "SignedHeaders=content-length;content-type;host;if-none-match;x-amz-storage-class;x-amz-tagging");

        S3BlobStore plain =
                newStore().requestHeader("x-amz-storage-class", "STANDARD").build();
        SignedRequest sent = plain.signPut(new SignPutRequest("staged/b", 2, "text/plain", now, now.plusSeconds(600)));
        assertThat(send(sent.url(), Map.of("Content-Type", "text/plain", "If-None-Match", "*")))
                .isEqualTo(403);
        assertThat(send(sent.url(), sent.headers())).isEqualTo(200);
    }

    private static int send(URI url, Map<String, String> headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(url).PUT(HttpRequest.BodyPublishers.ofByteArray(new byte[] {1, 2}));
        headers.forEach(request::header);
        return HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "content-type",
                "x-amz-acl",
                "x-amz-meta-a",
                "X-Amz-Date",
                "x-amz-copy-source",
                "x-amz-server-side-encryption-customer-key",
                "x-amz-request-payer",
                "x-amz-a b",
                ""
            })
    void requestHeader_thatCannotBeAdded(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> newStore().requestHeader(name, "a"))
                .withMessageContaining("requestHeader: expected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " a", "a ", "a\r\nb", "\u00e9"})
    void requestHeader_badValue(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> newStore().requestHeader(KMS, value));
    }
}
