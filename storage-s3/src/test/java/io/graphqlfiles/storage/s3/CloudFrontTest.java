package io.graphqlfiles.storage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.graphqlfiles.spi.SignGetRequest;
import io.graphqlfiles.spi.SignPutRequest;
import io.graphqlfiles.spi.SignedUrl;
import io.graphqlfiles.spi.Visibility;
import java.net.URI;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateKey;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** URLs of a CloudFront distribution, verified as it does: with the public key alone. */
class CloudFrontTest {

    private static final Instant NOW = Instant.parse("2030-01-31T12:00:00Z");
    private static final Instant LATER = Instant.parse("2030-01-31T16:00:00.987Z");
    private static final String KEY_ID = "K2JCJMDEHXQW5F";
    private static final Pattern CANNED =
            Pattern.compile("(.*)[?&]Expires=(\\d+)&Signature=([A-Za-z0-9_~-]+)&Key-Pair-Id=" + KEY_ID);

    private static S3Client client;
    private static KeyPair keys;

    @BeforeAll
    static void start() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        keys = generator.generateKeyPair();
        client = S3Client.builder()
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
                .build();
    }

    @AfterAll
    static void stop() {
        client.close();
    }

    private static S3BlobStore.Builder newStore(String baseUrl, String keyPairId) {
        return S3BlobStore.newS3BlobStore(client, "bucket")
                .keyPrefix("app/")
                .cloudFront(URI.create(baseUrl), keyPairId, (RSAPrivateKey) keys.getPrivate());
    }

    private static SignedUrl sign(String baseUrl, String disposition) {
        return newStore(baseUrl, KEY_ID)
                .build()
                .signGet(new SignGetRequest("private/abc", Visibility.PRIVATE, disposition, NOW, LATER));
    }

    /** Makes the policy again from the URL, as the distribution does, and checks its signature. */
    private static boolean isAccepted(String url, PublicKey key, Instant at) throws Exception {
        Matcher parts = CANNED.matcher(url);
        assertThat(parts.matches()).as(url).isTrue();
        String policy = "{\"Statement\":[{\"Resource\":\"" + parts.group(1)
                + "\",\"Condition\":{\"DateLessThan\":{\"AWS:EpochTime\":" + parts.group(2) + "}}}]}";
        Signature signature = Signature.getInstance("SHA1withRSA");
        signature.initVerify(key);
        signature.update(policy.getBytes(UTF_8));
        byte[] given = Base64.getDecoder()
                .decode(parts.group(3).replace('-', '+').replace('_', '=').replace('~', '/'));
        return signature.verify(given) && at.getEpochSecond() < Long.parseLong(parts.group(2));
    }

    @ParameterizedTest
    @CsvSource({
        "https://d111111abcdef8.cloudfront.net,",
        "https://files.example/app/, 'attachment; filename=\"a b.pdf\"'"
    })
    void signGet_isVerifiedWithThePublicKeyAlone_untilItExpires(String baseUrl, String disposition) throws Exception {
        SignedUrl signed = sign(baseUrl, disposition);
        String url = signed.url().toString();

        assertThat(url).startsWith(baseUrl.replaceAll("/$", "") + "/private/abc?");
        assertThat(signed.expiresAt()).isEqualTo(Instant.parse("2030-01-31T16:00:00Z"));
        assertThat(isAccepted(url, keys.getPublic(), NOW)).isTrue();
        assertThat(isAccepted(url, keys.getPublic(), LATER)).isFalse();
        assertThat(isAccepted(url.replace("/abc", "/abd"), keys.getPublic(), NOW))
                .isFalse();
    }

    @Test
    void signGet_sameQuestion_sameUrlOnEveryNode() {
        assertThat(sign("https://cdn.example", null)).isEqualTo(sign("https://cdn.example/", null));
    }

    @Test
    void signGet_public_staysAsItIs_andUploadsGoToTheBucket() {
        S3BlobStore store = newStore("https://cdn.example", KEY_ID)
                .publicBaseUrl(URI.create("https://images.example"))
                .build();

        assertThat(store.signGet(new SignGetRequest("public/a", Visibility.PUBLIC, null, NOW, LATER))
                        .url())
                .hasToString("https://images.example/public/a");
        assertThat(store.signPut(new SignPutRequest("staged/a", 1, "text/plain", NOW, LATER))
                        .url())
                .hasHost("bucket.s3.eu-central-1.amazonaws.com");
        assertThat(store.isSlowToSign()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://cdn.example, K1",
        "https://cdn.example?a=b, K1",
        "https://cdn.example, a b",
        "https://cdn.example, ''"
    })
    void cloudFront_malformed(String baseUrl, String keyPairId) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> newStore(baseUrl, keyPairId))
                .withMessageContaining("cloudFront: expected");
    }
}
