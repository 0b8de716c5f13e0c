package io.graphqlfiles.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.PartUpload;
import io.graphqlfiles.spi.SignGetRequest;
import io.graphqlfiles.spi.SignPartRequest;
import io.graphqlfiles.spi.SignPutRequest;
import io.graphqlfiles.spi.SignedRequest;
import io.graphqlfiles.spi.SignedUrl;
import io.graphqlfiles.spi.Visibility;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Signing without any server: it does no I/O. */
class S3SigningTest {

    private static final Instant NOW = Instant.parse("2030-01-31T12:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(3600);
    private final List<S3Client> clients = new ArrayList<>();

    @AfterEach
    void close() {
        clients.forEach(S3Client::close);
    }

    @Test
    void signPut_headers_areAllThatIsSigned() {
        SignedRequest request = store().signPut(new SignPutRequest("staged/a", 5, "image/png", NOW, LATER));

        assertThat(request.method()).isEqualTo("PUT");
        assertThat(request.headers())
                .containsExactly(Map.entry("Content-Type", "image/png"), Map.entry("If-None-Match", "*"));
        assertThat(request.url().getQuery())
                .contains("X-Amz-SignedHeaders=content-length;content-type;host;if-none-match");
        assertThat(request.expiresAt()).isEqualTo(LATER);
    }

    @Test
    void signPart_headers_areNone() {
        SignedRequest request =
                store().signPart(new SignPartRequest(new PartUpload("staged/a", "id"), 3, 5, NOW, LATER));

        assertThat(request.headers()).isEmpty();
        assertThat(request.url().getQuery())
                .startsWith("partNumber=3&uploadId=id&")
                .contains("X-Amz-SignedHeaders=content-length;host");
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/png\r\nx-evil: 1", "", "\u00e9"})
    void signPut_badContentType(String contentType) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store().signPut(new SignPutRequest("staged/a", 5, contentType, NOW, LATER)));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE})
    void signPut_badSize(long byteSize) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store().signPut(new SignPutRequest("staged/a", byteSize, "image/png", NOW, LATER)));
    }

    @ParameterizedTest
    @CsvSource({"0, 5", "10001, 5", "1, 0", "1, 5368709121"})
    void signPart_outsideTheLimits(int number, long byteSize) {
        PartUpload upload = new PartUpload("staged/a", "id");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> store().signPart(new SignPartRequest(upload, number, byteSize, NOW, LATER)));
    }

    @Test
    void anySignature_badKey() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store().signPut(new SignPutRequest("../a", 5, "image/png", NOW, LATER)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store().signGet(new SignGetRequest("a?b", Visibility.PRIVATE, null, NOW, LATER)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store().signGet(new SignGetRequest("a?b", Visibility.PUBLIC, null, NOW, LATER)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store().signPart(new SignPartRequest(new PartUpload("/a", "id"), 1, 5, NOW, LATER)));
    }

    @Test
    void anySignature_sevenDays_isTheMost() {
        Instant end = NOW.plus(Duration.ofDays(7));

        assertThat(get(store(), end).url().getQuery()).contains("X-Amz-Expires=604800");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> get(store(), end.plusSeconds(1)))
                .withMessageContaining("7 days");
    }

    @Test
    void anySignature_partsOfSeconds_neverLiveLonger() {
        SignedUrl url = store().signGet(new SignGetRequest(
                "private/a", Visibility.PRIVATE, null, NOW.plusMillis(900), LATER.plusMillis(900)));

        assertThat(url.url().getQuery()).contains("X-Amz-Date=20300131T120000Z").contains("X-Amz-Expires=3600");
        assertThat(url.expiresAt()).isEqualTo(LATER.plusMillis(900));
    }

    @Test
    void signGet_sessionCredentials_capTheEnd() {
        S3BlobStore store = store(() -> session(LATER.minusSeconds(600)));

        SignedUrl url = get(store, LATER);
        SignedRequest put = store.signPut(new SignPutRequest("staged/a", 5, "image/png", NOW, LATER));
        SignedRequest part = store.signPart(new SignPartRequest(new PartUpload("staged/a", "id"), 1, 5, NOW, LATER));

        assertThat(url.expiresAt()).isEqualTo(LATER.minusSeconds(600));
        assertThat(url.url().getQuery()).contains("X-Amz-Expires=3000").contains("X-Amz-Security-Token=token");
        assertThat(put.expiresAt()).isEqualTo(LATER.minusSeconds(600));
        assertThat(part.expiresAt()).isEqualTo(LATER.minusSeconds(600));
    }

    @Test
    void signGet_sessionCredentialsThatLiveLonger_capNothing() {
        assertThat(get(store(() -> session(LATER.plusSeconds(1))), LATER).expiresAt())
                .isEqualTo(LATER);
    }

    @Test
    void signGet_sessionCredentialsHaveEnded_isRetryable() {
        S3BlobStore store = store(() -> session(NOW));

        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> get(store, LATER))
                .matches(BlobStoreException::isRetryable)
                .withMessageNotContaining("secret");
    }

    @Test
    void signGet_credentialsChange_signsWithTheNew() {
        List<String> ids = new ArrayList<>(List.of("FIRST", "SECOND"));
        S3BlobStore store = store(() -> AwsBasicCredentials.create(ids.remove(0), "secret"));

        assertThat(get(store, LATER).url().getQuery()).contains("X-Amz-Credential=FIRST/20300131/eu-west-1/s3");
        assertThat(get(store, LATER).url().getQuery()).contains("X-Amz-Credential=SECOND/20300131/eu-west-1/s3");
    }

    @Test
    void signGet_noCredentials_isRetryable() {
        S3BlobStore store = store(() -> {
            throw SdkClientException.create("none");
        });

        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> get(store, LATER))
                .matches(BlobStoreException::isRetryable)
                .withMessageContaining("credentials");
    }

    @Test
    void signGet_contentDisposition_isEncoded() {
        SignedUrl url = store().signGet(new SignGetRequest(
                "private/a", Visibility.PRIVATE, "attachment; filename=\"a b.txt\"", NOW, LATER));

        assertThat(url.url().getRawQuery())
                .startsWith("response-content-disposition=attachment%3B%20filename%3D%22a%20b.txt%22&");
    }

    @Test
    void signGet_public_isTheBucketsOwnUrl() {
        assertThat(publicUrl(S3BlobStore.newS3BlobStore(client(), "bucket").keyPrefix("app/")))
                .hasToString("https://bucket.s3.eu-west-1.amazonaws.com/app/public/a");
        assertThat(publicUrl(S3BlobStore.newS3BlobStore(client(), "bucket.with.dots")))
                .hasToString("https://s3.eu-west-1.amazonaws.com/bucket.with.dots/public/a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://cdn.example.com/files", "https://cdn.example.com/files/"})
    void signGet_public_withACdn(String base) {
        assertThat(publicUrl(S3BlobStore.newS3BlobStore(client(), "bucket")
                        .keyPrefix("app/")
                        .publicBaseUrl(URI.create(base))))
                .hasToString("https://cdn.example.com/files/public/a");
    }

    @Test
    void signingClient_endpointAndCredentialsAreItsOwn() {
        S3Client inside = client(builder -> builder.endpointOverride(URI.create("http://minio:9000")));
        S3Client outside = client(builder -> builder.endpointOverride(URI.create("https://files.example.com"))
                .forcePathStyle(true)
                .credentialsProvider(() -> AwsBasicCredentials.create("NARROW", "secret")));
        S3BlobStore store = S3BlobStore.newS3BlobStore(inside, "bucket")
                .signingClient(outside)
                .build();

        assertThat(get(store, LATER).url().toString())
                .startsWith("https://files.example.com/bucket/private/a?")
                .contains("NARROW");
    }

    /** The endpoints are those of the AWS documentation, "Amazon S3 endpoints and quotas". */
    @ParameterizedTest
    @CsvSource({
        "false, false, false, https://bucket.s3.us-west-2.amazonaws.com/",
        "true, false, false, https://bucket.s3-fips.us-west-2.amazonaws.com/",
        "false, true, false, https://bucket.s3.dualstack.us-west-2.amazonaws.com/",
        "true, true, false, https://bucket.s3-fips.dualstack.us-west-2.amazonaws.com/",
        "false, false, true, https://bucket.s3-accelerate.amazonaws.com/",
        "false, true, true, https://bucket.s3-accelerate.dualstack.amazonaws.com/"
    })
    void signingClient_endpointThatItChooses_isSignedFor(
            boolean fips, boolean dualstack, boolean accelerate, String base) {
        S3BlobStore store = S3BlobStore.at(
                client(builder -> builder.region(Region.US_WEST_2)
                        .fipsEnabled(fips)
                        .dualstackEnabled(dualstack)
                        .accelerate(accelerate)),
                "bucket");

        assertThat(get(store, LATER).url().toString()).startsWith(base + "private/a?");
        assertThat(store.signPut(new SignPutRequest("staged/a", 5, "image/png", NOW, LATER))
                        .url()
                        .toString())
                .startsWith(base + "staged/a?");
    }

    @Test
    void build_regionNamedForFips_signsForTheRegion() {
        S3BlobStore store =
                S3BlobStore.at(client(builder -> builder.region(Region.of("fips-us-gov-west-1"))), "bucket");

        assertThat(get(store, LATER).url())
                .hasHost("bucket.s3-fips.us-gov-west-1.amazonaws.com")
                .extracting(URI::getQuery)
                .asString()
                .contains("/us-gov-west-1/s3/aws4_request");
    }

    /** Clients write a host in small letters and leave the scheme's own port out, and servers sign what they write. */
    @ParameterizedTest
    @CsvSource({
        "http://LocalHost:9000, http://localhost:9000/bucket/private/a",
        "HTTP://Minio.Example.com, http://minio.example.com/bucket/private/a",
        "https://minio.example.com:443, https://minio.example.com/bucket/private/a",
        "http://minio.example.com:80/Path, http://minio.example.com/Path/bucket/private/a",
        "https://minio.example.com:80, https://minio.example.com:80/bucket/private/a",
        "http://[::1]:9000, http://[::1]:9000/bucket/private/a"
    })
    void signGet_hostAsClientsWriteIt(String endpoint, String url) {
        S3BlobStore store = S3BlobStore.at(
                client(builder -> builder.endpointOverride(URI.create(endpoint)).forcePathStyle(true)), "bucket");

        assertThat(get(store, LATER).url().toString()).startsWith(url + "?");
    }

    @Test
    void build_asksForNoCredentials() {
        S3Client client = client(builder -> builder.credentialsProvider(() -> {
            throw new AssertionError("expected no question for credentials, found one");
        }));

        assertThat(S3BlobStore.at(client, "bucket")).hasToString("S3BlobStore[bucket]");
    }

    /** Loading the SDK is part of the first request that a client prepares, and none that is sent. */
    @Test
    void build_clientWithShortTimeLimits_isNotHeldToThem() {
        S3Client client = client(builder -> builder.overrideConfiguration(settings -> settings.apiCallTimeout(
                        Duration.ofMillis(1))
                .apiCallAttemptTimeout(Duration.ofMillis(1))
                .addExecutionInterceptor(new ExecutionInterceptor() {
                    @Override
                    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
                        long end = System.nanoTime() + Duration.ofMillis(50).toNanos();
                        while (System.nanoTime() < end
                                && !Thread.currentThread().isInterrupted()) {
                            Thread.onSpinWait();
                        }
                    }
                })));

        assertThat(S3BlobStore.at(client, "bucket")).hasToString("S3BlobStore[bucket]");
    }

    @Test
    void build_globalRegion_signsForItsHome() {
        S3BlobStore store = S3BlobStore.at(client(builder -> builder.region(Region.AWS_GLOBAL)), "bucket");

        assertThat(get(store, LATER).url().getQuery()).contains("/us-east-1/s3/aws4_request");
    }

    @Test
    void build_clientThatTellsNothing() {
        S3Client mute = new S3Client() {
            @Override
            public String serviceName() {
                return "s3";
            }

            @Override
            public void close() {}
        };

        assertThatIllegalArgumentException()
                .isThrownBy(() -> S3BlobStore.at(mute, "bucket"))
                .withMessageContaining("signingClient");
    }

    @ParameterizedTest
    @ValueSource(strings = {"arn:aws:s3:eu-west-1:123456789012:accesspoint/ap", "bucket--euw1-az1--x-s3"})
    void build_otherKindsOfBuckets(String bucket) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> S3BlobStore.at(client(), bucket))
                .withMessageContaining(bucket);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://a/", "/files", "https://a/?b", "https://a/#b", "https:a"})
    void publicBaseUrl_bad(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> S3BlobStore.newS3BlobStore(client(), "bucket").publicBaseUrl(URI.create(url)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"app", "/app/", "../", "a b/"})
    void keyPrefix_bad(String keyPrefix) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> S3BlobStore.newS3BlobStore(client(), "bucket").keyPrefix(keyPrefix));
    }

    @Test
    void settings_outsideTheirBounds() {
        S3BlobStore.Builder builder = S3BlobStore.newS3BlobStore(client(), "bucket");

        assertThatIllegalArgumentException().isThrownBy(() -> builder.partByteSize(5 * 1024 * 1024 - 1));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.partByteSize(1024 * 1024 * 1024 + 1));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.uploadThreads(0));
    }

    private S3BlobStore store() {
        return S3BlobStore.at(client(), "bucket");
    }

    private S3BlobStore store(AwsCredentialsProvider credentials) {
        return S3BlobStore.at(client(builder -> builder.credentialsProvider(credentials)), "bucket");
    }

    private S3Client client() {
        return client(builder -> {});
    }

    private S3Client client(Consumer<S3ClientBuilder> settings) {
        S3ClientBuilder builder = S3Client.builder()
                .region(Region.EU_WEST_1)
                .credentialsProvider(() -> AwsBasicCredentials.create("AKIDEXAMPLE", "secret"));
        settings.accept(builder);
        S3Client client = builder.build();
        clients.add(client);
        return client;
    }

    private static AwsSessionCredentials session(Instant end) {
        return AwsSessionCredentials.builder()
                .accessKeyId("ASIA")
                .secretAccessKey("secret")
                .sessionToken("token")
                .expirationTime(end)
                .build();
    }

    private static SignedUrl get(S3BlobStore store, Instant expiresAt) {
        return store.signGet(new SignGetRequest("private/a", Visibility.PRIVATE, null, NOW, expiresAt));
    }

    private static URI publicUrl(S3BlobStore.Builder builder) {
        SignedUrl url =
                builder.build().signGet(new SignGetRequest("public/a", Visibility.PUBLIC, "attachment", NOW, LATER));
        assertThat(url.expiresAt()).isNull();
        return url.url();
    }
}
