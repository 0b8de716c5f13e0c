package io.graphqlfiles.storage.gcs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.core.ApiClock;
import com.google.auth.ServiceAccountSigner;
import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.HttpMethod;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.SignUrlOption;
import com.google.cloud.storage.StorageOptions;
import io.graphqlfiles.spi.PartUpload;
import io.graphqlfiles.spi.SignGetRequest;
import io.graphqlfiles.spi.SignPartRequest;
import io.graphqlfiles.spi.SignPutRequest;
import io.graphqlfiles.spi.SignedRequest;
import io.graphqlfiles.spi.Visibility;
import io.graphqlfiles.storage.gcs.server.ServiceAccount;
import java.net.URI;
import java.net.URL;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The vendor's client signs the same requests; its URLs and ours must be the same, byte for byte. */
class VendorSignatureTest {

    private static final Instant TIME = Instant.parse("2030-01-31T23:04:05Z");
    private static final String KEY = "private/a-b_c/0123";

    private static ServiceAccountCredentials credentials;

    @BeforeAll
    static void makeKey() throws Exception {
        credentials = ServiceAccount.generate().credentials(URI.create("http://127.0.0.1:1"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "attachment",
                "attachment; filename=\"a b+c&d=e%f.png\"; filename*=UTF-8''na%C3%AFve%20%E2%82%AC.png",
                "inline; filename=\"~'()*!.png\""
            })
    void signGet_sameAsTheVendors(String disposition) {
        Map<String, String> query =
                disposition == null ? Map.of() : Map.of("response-content-disposition", disposition);
        Storage storage = storage("https://storage.googleapis.com");

        URI url = GcsBlobStore.at(storage, "bucket")
                .signGet(new SignGetRequest(KEY, Visibility.PRIVATE, disposition, TIME, TIME.plusSeconds(10_800)))
                .url();

        assertThat(url)
                .hasToString(vendors(storage, HttpMethod.GET, KEY, 10_800, Map.of(), query)
                        .toString());
    }

    @ParameterizedTest
    @CsvSource({
        "https://storage.googleapis.com, image/png, 1",
        "https://storage.googleapis.com, text/plain; charset=utf-8, 604800",
        "http://127.0.0.1:4443, application/x-odd+thing; a=\"b:  c\", 60"
    })
    void signPut_sameAsTheVendors(String endpoint, String contentType, int seconds) {
        Storage storage = storage(endpoint);

        SignedRequest request = GcsBlobStore.newGcsBlobStore(storage, "bucket")
                .keyPrefix("app/")
                .build()
                .signPut(new SignPutRequest(KEY, 1234, contentType, TIME, TIME.plusSeconds(seconds)));

        assertThat(request.headers())
                .isEqualTo(Map.of(
                        "Content-Type",
                        contentType,
                        "x-goog-content-length-range",
                        "1234,1234",
                        "x-goog-if-generation-match",
                        "0"));
        assertThat(request.url())
                .hasToString(vendors(storage, HttpMethod.PUT, "app/" + KEY, seconds, request.headers(), Map.of())
                        .toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ABPnzm8y", "a b/c=d+e&f~"})
    void signPart_sameAsTheVendors(String uploadId) {
        Storage storage = storage("https://storage.googleapis.com");
        PartUpload upload = new PartUpload(KEY, uploadId);

        SignedRequest request = GcsBlobStore.at(storage, "bucket")
                .signPart(new SignPartRequest(upload, 7, 5_242_880, TIME, TIME.plusSeconds(60)));

        assertThat(request.headers()).isEmpty();
        assertThat(request.url())
                .hasToString(vendors(
                                storage,
                                HttpMethod.PUT,
                                KEY,
                                60,
                                Map.of("content-length", "5242880"),
                                Map.of("partNumber", "7", "uploadId", uploadId))
                        .toString());
    }

    /**
     * The vendor's client signs with private keys only. Of the URL that it signs the canonical request is built here,
     * and is the right one, as its hash is what was signed. With the names of an HMAC key in it, it is what we must
     * sign.
     */
    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"attachment; filename=\"a b+c&d=e%f.png\""})
    void signGet_hmac_isTheVendorsRequestUnderAnotherKey(String disposition) throws Exception {
        Map<String, String> query =
                disposition == null ? Map.of() : Map.of("response-content-disposition", disposition);
        Storage storage = storage("https://storage.googleapis.com");
        RecordingSigner recorder = new RecordingSigner("GOOG1EXAMPLE");
        URL vendors = vendors(storage, HttpMethod.GET, KEY, 10_800, Map.of(), query, SignUrlOption.signWith(recorder));
        String canonical = "GET\n/bucket/" + KEY + "\n" + sorted(vendors.getQuery())
                + "\nhost:storage.googleapis.com\n\nhost\nUNSIGNED-PAYLOAD";
        assertThat(recorder.signed).endsWith("\n" + sha256(canonical));

        URI url = GcsBlobStore.newGcsBlobStore(storage, "bucket")
                .hmacKey("GOOG1EXAMPLE", "secret")
                .build()
                .signGet(new SignGetRequest(KEY, Visibility.PRIVATE, disposition, TIME, TIME.plusSeconds(10_800)))
                .url();

        String text = "GOOG4-HMAC-SHA256\n20300131T230405Z\n20300131/auto/storage/goog4_request\n"
                + sha256(canonical.replace("GOOG4-RSA-SHA256", "GOOG4-HMAC-SHA256"));
        byte[] key = HmacSigningKey.derive(
                "GOOG4secret".getBytes(UTF_8), "20300131", "auto", "storage", "goog4_request", text);
        assertThat(sorted(url.getRawQuery()))
                .isEqualTo(sorted(vendors.getQuery()).replace("GOOG4-RSA-SHA256", "GOOG4-HMAC-SHA256"));
        assertThat(url).hasParameter("X-Goog-Signature", HexFormat.of().formatHex(key));
    }

    /** The parameters that are signed, in their order. */
    private static String sorted(String query) {
        return Arrays.stream(query.split("&"))
                .filter(parameter -> !parameter.startsWith("X-Goog-Signature="))
                .sorted()
                .collect(Collectors.joining("&"));
    }

    private static String sha256(String text) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    }

    private static Storage storage(String endpoint) {
        return StorageOptions.http()
                .setHost(endpoint)
                .setProjectId("tests")
                .setCredentials(credentials)
                .setClock(new StoppedClock())
                .build()
                .getService();
    }

    private static URL vendors(
            Storage storage,
            HttpMethod method,
            String name,
            int seconds,
            Map<String, String> headers,
            Map<String, String> query,
            SignUrlOption... others) {
        List<SignUrlOption> options = new ArrayList<>(Arrays.asList(
                SignUrlOption.withV4Signature(),
                SignUrlOption.withPathStyle(),
                SignUrlOption.httpMethod(method),
                SignUrlOption.withExtHeaders(headers),
                SignUrlOption.withQueryParams(query)));
        options.addAll(Arrays.asList(others));
        String host = storage.getOptions().getHost();
        boolean isGoogles = host.startsWith("https://storage.googleapis.com");
        if (!isGoogles) {
            options.add(SignUrlOption.withHostName(host));
        }
        return storage.signUrl(
                BlobInfo.newBuilder("bucket", name).build(),
                seconds,
                TimeUnit.SECONDS,
                options.toArray(new SignUrlOption[0]));
    }

    private static final class RecordingSigner implements ServiceAccountSigner {

        private final String account;
        private String signed;

        RecordingSigner(String account) {
            this.account = account;
        }

        @Override
        public String getAccount() {
            return account;
        }

        @Override
        public byte[] sign(byte[] text) {
            signed = new String(text, UTF_8);
            return new byte[32];
        }
    }

    private static final class StoppedClock implements ApiClock {

        @Override
        public long nanoTime() {
            return millisTime() * 1_000_000;
        }

        @Override
        public long millisTime() {
            return TIME.toEpochMilli();
        }
    }
}
