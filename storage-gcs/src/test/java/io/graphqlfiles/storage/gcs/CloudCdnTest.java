package io.graphqlfiles.storage.gcs;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.cloud.storage.BlobId;
import io.graphqlfiles.spi.CopyRequest;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.SignGetRequest;
import io.graphqlfiles.spi.SignedUrl;
import io.graphqlfiles.spi.Visibility;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a CDN in front of a bucket needs: signatures that it checks, and objects that it may keep. */
class CloudCdnTest {

    private static final Instant NOW = Instant.parse("2030-01-31T12:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(14_400);
    private static final String KEY = "nZtRohdNF9m3cKM24IcK4w==";

    @TempDir
    private static Path directory;

    private static GcsFixture fixture;

    @BeforeAll
    static void start() throws Exception {
        fixture = GcsFixture.startServer(directory, Clock.systemUTC());
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    private static GcsBlobStore store(String baseUrl) {
        return fixture.newStore()
                .keyPrefix("app/")
                .cloudCdn(URI.create(baseUrl), "my-key", KEY)
                .build();
    }

    private static SignedUrl sign(String baseUrl, String disposition) {
        return store(baseUrl).signGet(new SignGetRequest("private/abc", Visibility.PRIVATE, disposition, NOW, LATER));
    }

    /** As the CDN does: the signature is over all that comes before it. */
    private static boolean isAccepted(String url) throws Exception {
        int signature = url.indexOf("&Signature=");
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(Base64.getUrlDecoder().decode(KEY), "HmacSHA1"));
        String expected = Base64.getUrlEncoder()
                .encodeToString(mac.doFinal(url.substring(0, signature).getBytes(US_ASCII)));
        return url.substring(signature + 11).equals(expected);
    }

    @ParameterizedTest
    @CsvSource({"https://cdn.example,", "https://cdn.example/app/, 'attachment; filename=\"a b\"'"})
    void signGet_isWhatTheCdnChecks(String baseUrl, String disposition) throws Exception {
        SignedUrl signed = sign(baseUrl, disposition);
        String url = signed.url().toString();

        assertThat(url)
                .startsWith(baseUrl.replaceAll("/$", "") + "/private/abc?")
                .contains("Expires=" + LATER.getEpochSecond() + "&KeyName=my-key&Signature=");
        assertThat(isAccepted(url)).isTrue();
        assertThat(isAccepted(url.replace("abc", "abd"))).isFalse();
        assertThat(signed.expiresAt()).isEqualTo(LATER);
        assertThat(store(baseUrl).isSlowToSign()).isFalse();
    }

    @Test
    void signGet_sameQuestion_sameUrl() {
        assertThat(sign("https://cdn.example", null)).isEqualTo(sign("https://cdn.example/", null));
    }

    @ParameterizedTest
    @CsvSource({"my key, nZtRohdNF9m3cKM24IcK4w==", "my-key, c2hvcnQ=", "my-key, not*base64"})
    void cloudCdn_malformed_neverShowsTheKey(String name, String key) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fixture.newStore().cloudCdn(URI.create("https://cdn.example"), name, key))
                .withMessageContaining("cloudCdn: expected")
                .withMessageNotContaining(key);
    }

    @ParameterizedTest
    @EnumSource(Visibility.class)
    void cacheControl_isKeptWithTheObject_andWithItsCopy(Visibility visibility) throws Exception {
        GcsBlobStore store = fixture.newStore().build();
        String key = "cached/" + visibility.name().toLowerCase(Locale.ROOT);
        for (int size : new int[] {5, 9_000_000}) {
            String name = key + size;
            store.put(
                    new PutRequest(name, size, "text/plain", "attachment", visibility),
                    new ByteArrayInputStream(new byte[size]));
            store.copy(new CopyRequest(store.stat(name), name + "-copy", "text/plain", "attachment", visibility));

            assertThat(cacheControl(name))
                    .isEqualTo(cacheControl(name + "-copy"))
                    .isEqualTo(
                            visibility == Visibility.PUBLIC
                                    ? "public, max-age=31536000, immutable"
                                    : "private, max-age=86400, immutable");
        }
    }

    private static String cacheControl(String key) {
        return fixture.storage().get(BlobId.of(fixture.bucket(), key)).getCacheControl();
    }
}
