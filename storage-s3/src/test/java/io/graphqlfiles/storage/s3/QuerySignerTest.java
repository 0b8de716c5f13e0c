package io.graphqlfiles.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.s3.presigner.model.PresignedGetObjectRequest;
import software.amazon.awssdk.services.s3.presigner.model.PresignedPutObjectRequest;
import software.amazon.awssdk.services.s3.presigner.model.PresignedUploadPartRequest;

class QuerySignerTest {

    private static final AwsCredentials BASIC = AwsBasicCredentials.create("AKIDEXAMPLE", "wJalr/XUtn+FEMI");
    private static final AwsCredentials SESSION =
            AwsSessionCredentials.create("ASIAEXAMPLE", "se/cr+et", "to/ken+with=signs//and more~".repeat(10));
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String UPLOAD_ID = "2~abc/+=.DEF_-" + "x".repeat(50);

    static Stream<Arguments> places() {
        return Stream.of(BASIC, SESSION)
                .flatMap(credentials -> Stream.of(
                        Arguments.of("bucket", null, false, "eu-west-1", credentials),
                        Arguments.of("bucket", null, true, "us-east-1", credentials),
                        Arguments.of("bucket.with.dots", null, false, "eu-central-1", credentials),
                        Arguments.of("bucket", "http://localhost:9000", true, "auto", credentials),
                        Arguments.of("bucket", "https://s3.example.com", false, "us-west-2", credentials),
                        Arguments.of("bucket", "https://s3.example.com:8443/base/path", true, "x", credentials),
                        Arguments.of("bucket", "https://s3.example.com:443", true, "x", credentials)));
    }

    @ParameterizedTest
    @MethodSource("places")
    void sign_equalsTheSdk(
            String bucket, String endpoint, boolean pathStyle, String region, AwsCredentials credentials) {
        try (S3Presigner presigner = presigner(endpoint, pathStyle, region, credentials)) {
            URI base = base(presigner, bucket);
            QuerySigner signer = new QuerySigner(base, region);
            for (String key : List.of("a", "private/0aZ_-", "staged/20300131/x", "app/files/public/a/b/c")) {
                for (String disposition : new String[] {
                    null,
                    "attachment",
                    "attachment; filename=\"a *~'()!,+ &=%.txt\"; filename*=UTF-8''%C3%A9.txt",
                    "\u00e9"
                }) {
                    assertGet(signer, presigner, bucket, key, disposition, credentials);
                }
                for (String type : List.of("image/png", "text/plain; charset=utf-8", "a/b;  c=\"d  e\"")) {
                    assertPut(signer, presigner, bucket, key, type, credentials);
                }
                assertPart(signer, presigner, bucket, key, 1, credentials);
                assertPart(signer, presigner, bucket, key, 10_000, credentials);
            }
        }
    }

    @Test
    void sign_equalsTheSdk_manyKeys() {
        Random random = new Random(1);
        try (S3Presigner presigner = presigner(null, false, "eu-west-1", BASIC)) {
            QuerySigner signer = new QuerySigner(base(presigner, "bucket"), "eu-west-1");
            for (int i = 0; i < 500; i++) {
                String key = "private/" + Long.toHexString(random.nextLong());
                assertGet(signer, presigner, "bucket", key, random.nextBoolean() ? null : "attachment", BASIC);
            }
        }
    }

    /** The example of "Authenticating Requests: Using Query Parameters" in Amazon's API reference. */
    @Test
    void sign_publishedExample() {
        QuerySigner signer = new QuerySigner(URI.create("https://examplebucket.s3.amazonaws.com/"), "us-east-1");

        URI url = URI.create(signer.sign(
                "GET",
                "test.txt",
                "",
                SignedHeaders.HOST,
                AwsBasicCredentials.create("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
                Instant.parse("2013-05-24T00:00:00Z").getEpochSecond(),
                86400));

        assertThat(parameters(url))
                .isEqualTo(
                        parameters(
                                URI.create(
                                        "https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256"
                                                + "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
                                                + "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
                                                + "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404")));
        assertThat(url.getRawPath()).isEqualTo("/test.txt");
    }

    /** The examples of "Authenticating Requests: Using the Authorization Header" in Amazon's API reference. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41|GET~/test.txt~~"
                        + "host:examplebucket.s3.amazonaws.com~range:bytes=0-9~x-amz-content-sha256:EMPTY~"
                        + "x-amz-date:20130524T000000Z~~host;range;x-amz-content-sha256;x-amz-date~EMPTY",
                "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543|GET~/~lifecycle=~"
                        + "host:examplebucket.s3.amazonaws.com~x-amz-content-sha256:EMPTY~"
                        + "x-amz-date:20130524T000000Z~~host;x-amz-content-sha256;x-amz-date~EMPTY",
                "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7|GET~/~max-keys=2&prefix=J~"
                        + "host:examplebucket.s3.amazonaws.com~x-amz-content-sha256:EMPTY~"
                        + "x-amz-date:20130524T000000Z~~host;x-amz-content-sha256;x-amz-date~EMPTY"
            })
    void signature_publishedExamples(String signature, String canonicalRequest) {
        SigningPeriod period = SigningPeriod.of(
                AwsBasicCredentials.create("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
                "us-east-1",
                Instant.parse("2013-05-24T00:00:00Z").getEpochSecond(),
                60,
                null);

        assertThat(period.sign(canonicalRequest
                        .replace('~', '\n')
                        .replace("EMPTY", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
                        .getBytes(StandardCharsets.ISO_8859_1)))
                .isEqualTo(signature);
    }

    /** What is kept from one signature for the next never gets into one that it is not of. */
    @Test
    void sign_anythingChanges_signsLikeANewSigner() {
        QuerySigner signer = new QuerySigner(URI.create("https://b.s3.amazonaws.com/"), "us-east-1");
        long day = Instant.parse("2026-01-01T23:59:59Z").getEpochSecond();
        AwsCredentials otherSecret = AwsBasicCredentials.create(BASIC.accessKeyId(), "other");
        AwsCredentials otherToken =
                AwsSessionCredentials.create(SESSION.accessKeyId(), SESSION.secretAccessKey(), "other");
        Set<String> urls = new HashSet<>();
        for (int round = 0; round < 2; round++) {
            for (AwsCredentials credentials : List.of(BASIC, otherSecret, SESSION, otherToken)) {
                for (long signedAt : new long[] {day, day + 1, day}) {
                    for (long lifetime : new long[] {60, 61}) {
                        String url = sign(signer, credentials, signedAt, lifetime);

                        assertThat(url)
                                .isEqualTo(sign(
                                        new QuerySigner(URI.create("https://b.s3.amazonaws.com/"), "us-east-1"),
                                        credentials,
                                        signedAt,
                                        lifetime));
                        urls.add(url);
                    }
                }
            }
        }
        assertThat(urls).hasSize(4 * 2 * 2);
    }

    private static String sign(QuerySigner signer, AwsCredentials credentials, long signedAt, long lifetime) {
        return signer.sign("GET", "a", "", SignedHeaders.HOST, credentials, signedAt, lifetime);
    }

    @Test
    void toString_hidesTheSecrets() {
        assertThat(SigningPeriod.of(SESSION, "x", 0, 60, null).toString())
                .contains("19700101/x/")
                .doesNotContain(SESSION.secretAccessKey())
                .doesNotContain("to/ken");
    }

    private static void assertGet(
            QuerySigner signer,
            S3Presigner presigner,
            String bucket,
            String key,
            String disposition,
            AwsCredentials credentials) {
        PresignedGetObjectRequest theirs = presigner.presignGetObject(get -> get.signatureDuration(Duration.ofHours(3))
                .getObjectRequest(object -> object.bucket(bucket).key(key).responseContentDisposition(disposition)));
        String query = disposition == null ? "" : "response-content-disposition=" + UrlEncoding.encode(disposition);

        String ours = signer.sign(
                "GET",
                key,
                query,
                SignedHeaders.HOST,
                credentials,
                signedAt(theirs.url().toString()),
                10_800);

        assertThat(ours).isEqualTo(theirs.url().toString());
        assertThat(theirs.signedHeaders()).containsOnlyKeys("host");
    }

    private static void assertPut(
            QuerySigner signer,
            S3Presigner presigner,
            String bucket,
            String key,
            String type,
            AwsCredentials credentials) {
        PresignedPutObjectRequest theirs = presigner.presignPutObject(put -> put.signatureDuration(Duration.ofDays(7))
                .putObjectRequest(object -> object.bucket(bucket)
                        .key(key)
                        .contentLength(12_345_678_901L)
                        .contentType(type)
                        .ifNoneMatch("*")));

        String ours = signer.sign(
                "PUT",
                key,
                "",
                SignedHeaders.ofNewObject(12_345_678_901L, type, new TreeMap<>()),
                credentials,
                signedAt(theirs.url().toString()),
                604_800);

        assertThat(ours).isEqualTo(theirs.url().toString());
        assertThat(theirs.signedHeaders()).containsOnlyKeys("host", "content-length", "content-type", "if-none-match");
    }

    private static void assertPart(
            QuerySigner signer,
            S3Presigner presigner,
            String bucket,
            String key,
            int number,
            AwsCredentials credentials) {
        PresignedUploadPartRequest theirs =
                presigner.presignUploadPart(part -> part.signatureDuration(Duration.ofSeconds(1))
                        .uploadPartRequest(upload -> upload.bucket(bucket)
                                .key(key)
                                .contentLength(5_242_880L)
                                .uploadId(UPLOAD_ID)
                                .partNumber(number)));

        String ours = signer.sign(
                "PUT",
                key,
                "partNumber=" + number + "&uploadId=" + UrlEncoding.encode(UPLOAD_ID),
                SignedHeaders.ofPart(5_242_880),
                credentials,
                signedAt(theirs.url().toString()),
                1);

        assertThat(ours).isEqualTo(theirs.url().toString());
        assertThat(theirs.signedHeaders()).containsOnlyKeys("host", "content-length");
    }

    private static S3Presigner presigner(
            String endpoint, boolean pathStyle, String region, AwsCredentials credentials) {
        S3Presigner.Builder presigner = S3Presigner.builder()
                .region(Region.of(region))
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(pathStyle)
                        .build());
        return (endpoint == null ? presigner : presigner.endpointOverride(URI.create(endpoint))).build();
    }

    private static URI base(S3Presigner presigner, String bucket) {
        String url = presigner
                .presignGetObject(get -> get.signatureDuration(Duration.ofHours(1))
                        .getObjectRequest(object -> object.bucket(bucket).key("k")))
                .url()
                .toString();
        return URI.create(url.substring(0, url.indexOf("k?")));
    }

    /** The SDK's presigner takes no clock: its own time is read off what it has signed. */
    private static long signedAt(String url) {
        return Instant.from(TIME.parse(parameters(URI.create(url)).get("X-Amz-Date")))
                .getEpochSecond();
    }

    private static Map<String, String> parameters(URI url) {
        return Stream.of(url.getRawQuery().split("&"))
                .map(parameter -> parameter.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }
}
