package io.graphqlfiles.storage.gcs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlSignerTest {

    private static final SortedMap<String, String> NONE = new TreeMap<>();

    /** Derivation is as Amazon's, but for the names: its published example holds for both. */
    @Test
    void derive_publishedVector() {
        byte[] key = HmacSigningKey.derive(
                "AWS4wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY".getBytes(UTF_8),
                "20150830",
                "us-east-1",
                "iam",
                "aws4_request");

        assertThat(HexFormat.of().formatHex(key))
                .isEqualTo("c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9");
    }

    @Test
    void sign_hmac_otherDays() {
        UrlSigner signer = new UrlSigner(URI.create("https://storage.googleapis.com"), new HmacSigningKey("id", "s"));
        Instant day = Instant.parse("2030-01-01T23:59:59Z");

        String before = sign(signer, day);
        String after = sign(signer, day.plusSeconds(1));

        assertThat(after).isNotEqualTo(before);
        assertThat(after).contains("%2F20300102%2F").contains("X-Goog-Date=20300102T000000Z");
        assertThat(sign(signer, day)).isEqualTo(before);
    }

    private static String sign(UrlSigner signer, Instant time) {
        return signer.sign("GET", "/bucket/key", NONE, NONE, time, time.plusSeconds(60));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\r\nx-goog-acl: public-read", "\t", "\u00e9"})
    void sign_headerValueThatIsNotPrintableAscii(String value) {
        UrlSigner signer = new UrlSigner(URI.create("https://storage.googleapis.com"), new HmacSigningKey("id", "s"));
        SortedMap<String, String> headers = new TreeMap<>(Map.of("content-type", value));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> signer.sign("PUT", "/bucket/key", headers, NONE, Instant.EPOCH, Instant.MAX))
                .withMessage("content-type: expected printable ASCII, found something else");
    }

    @ParameterizedTest
    @CsvSource({
        "00:00:00.9, 00:00:01.1, 00:00:01",
        "00:00:00.1, 00:00:00.9, 00:00:01",
        "00:00:00, 00:00:10.999, 00:00:10"
    })
    void end_wholeSeconds(String signedAt, String expiresAt, String end) {
        assertThat(UrlSigner.end(at(signedAt), at(expiresAt))).isEqualTo(at(end));
    }

    @Test
    void end_sevenDaysAtTheMost() {
        Instant from = at("00:00:00");

        assertThat(UrlSigner.end(from, from.plusSeconds(604_800))).isEqualTo(from.plusSeconds(604_800));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UrlSigner.end(from, from.plusSeconds(604_801)))
                .withMessage("expiresAt: expected at most 7 days after signedAt, found 604801 seconds");
    }

    private static Instant at(String time) {
        return Instant.parse("2030-01-01T" + time + "Z");
    }
}
