package io.graphqlfiles.storage.gcs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Google's published vectors for V4 signatures, from {@code storage/v1/v4_signatures.json} of its conformance tests.
 * Their signatures were made with a key of which only the public half is here.
 *
 * @see <a href="https://github.com/googleapis/conformance-tests">Conformance tests</a>
 */
class UrlSignerTest {

    private static final String ACCOUNT = "test-iam-credentials@dummy-project-id.iam.gserviceaccount.com";
    private static final String PUBLIC_KEY =
            "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEArD8zIqyKLbX0Nq8o0Jj1qHEhHhqO3+0OP7TEFx5Vxc6PdwBoFNrfnJ"
                    + "RI/S+ZaDYS1avr5Pqpp8g8+UNOMvI1VsjGM8xjTaxkVv8mmKp6pSmQstTt25pzY1exA2wv4xNWSwWNFNx2kh35+kvTQ/DF3YA9"
                    + "P7pUU1sKur1PP8OoubWLFO59iy5UE5dX0O/3pjvZ2HAhSXsx2VWtB5nlrHR8FrKJNLJMEGEDSMz9yRfQaUeYCU9oDYHuiqKQ3r"
                    + "CXi6C82l+3FJw5/ggJ5y7iw8MErCFSslcYQRbBVz6ZYKWkEcJhs8BG3/16bfaqNusNlDIJ99I7DmipUngF/HEulYhfrQIDAQAB";
    private static final SortedMap<String, String> NONE = new TreeMap<>();

    private record Vector(
            String method,
            String endpoint,
            String path,
            Map<String, String> headers,
            String time,
            int seconds,
            String signedHeaders,
            String signature) {}

    @ParameterizedTest
    @MethodSource("vectors")
    void sign_publishedVector(Vector vector) throws Exception {
        PublishedSignature key = new PublishedSignature(vector.signature);
        UrlSigner signer = new UrlSigner(URI.create(vector.endpoint), key);
        Instant time = Instant.parse(vector.time);

        String url = signer.sign(
                vector.method,
                vector.path,
                new TreeMap<>(vector.headers),
                NONE,
                time,
                time.plusSeconds(vector.seconds));

        String date = vector.time.substring(0, 10).replace("-", "");
        assertThat(url)
                .isEqualTo(vector.endpoint + vector.path + "?X-Goog-Algorithm=GOOG4-RSA-SHA256&X-Goog-Credential="
                        + "test-iam-credentials%40dummy-project-id.iam.gserviceaccount.com%2F" + date
                        + "%2Fauto%2Fstorage%2Fgoog4_request&X-Goog-Date=" + date + "T090000Z&X-Goog-Expires="
                        + vector.seconds + "&X-Goog-SignedHeaders=" + vector.signedHeaders + "&X-Goog-Signature="
                        + vector.signature);
        assertThat(key.fitsWhatWasSigned()).isTrue();
    }

    static Stream<Vector> vectors() {
        return Stream.of(
                new Vector(
                        "GET",
                        "https://storage.googleapis.com",
                        "/test-bucket/test-object",
                        Map.of(),
                        "2019-02-01T09:00:00Z",
                        10,
                        "host",
                        "95e6a13d43a1d1962e667f17397f2b80ac9bdd1669210d5e08e0135df9dff4e56113485dbe429ca2266487b9d1796ebdee2d"
                                + "7cf682a6ef3bb9fbb4c351686fba90d7b621cf1c4eb1fdf126460dd25fa0837dfdde0a9fd98662ce60844c458448fb2b352c"
                                + "203d9969cb74efa4bdb742287744a4f2308afa4af0e0773f55e32e92973619249214b97283b2daa14195244444e33f938138"
                                + "d1e5f561088ce8011f4986dda33a556412594db7c12fc40e1ff3f1bedeb7a42f5bcda0b9567f17f65855f65071fabb88ea12"
                                + "371877f3f77f10e1466fff6ff6973b74a933322ff0949ce357e20abe96c3dd5cfab42c9c83e740a4d32b9e11e146f0eb3404"
                                + "d2e975896f74"),
                new Vector(
                        "PUT",
                        "https://storage.googleapis.com",
                        "/test-bucket/test-object",
                        Map.of(),
                        "2019-02-01T09:00:00Z",
                        10,
                        "host",
                        "8adff1d4285739e31aa68e73767a46bc5511fde377497dbe08481bf5ceb34e29cc9a59921748d8ec3dd4085b7e9b7772a952"
                                + "afedfcdaecb3ae8352275b8b7c867f204e3db85076220a3127a8a9589302fc1181eae13b9b7fe41109ec8cdc93c1e8bac2d7"
                                + "a0cc32a109ca02d06957211326563ab3d3e678a0ba296e298b5fc5e14593c99d444c94724cc4be97015dbff1dca377b508fa"
                                + "0cb7169195de98d0e4ac96c42b918d28c8d92d33e1bd125ce0fb3cd7ad2c45dae65c22628378f6584971b8bf3945b26f2611"
                                + "eb651e9b6a8648970c1ecf386bb71327b082e7296c4e1ee2fc0bdd8983da80af375c817fb1ad491d0bc22c0f51dba0d66e2c"
                                + "ffbc90803e47"),
                new Vector(
                        "GET",
                        "https://storage.googleapis.com",
                        "/test-bucket/test-object",
                        Map.of(),
                        "2019-03-01T09:00:00Z",
                        20,
                        "host",
                        "9669ed5b10664dc594c758296580662912cf4bcc5a4ba0b6bf055bcbf6f34eed7bdad664f534962174a924741a0c273a4f67"
                                + "bc1847cef20192a6beab44223bd9d4fbbd749c407b79997598c30f82ddc269ff47ec09fa3afe74e00616d438df0d96a7d8ad"
                                + "0adacfad1dc3286f864d924fe919fb0dce45d3d975c5afe8e13af2db9cc37ba77835f92f7669b61e94c6d562196c1274529e"
                                + "76cfff1564cc2cad7d5387dc8e12f7a5dfd925685fe92c30b43709eee29fa2f66067472cee5423d1a3a4182fe8cea75c9329"
                                + "d181dc6acad7c393cd04f8bf5bc0515127d8ebd65d80c08e19ad03316053ea60033fd1b1fd85a69c576415da3bf0a3718d9e"
                                + "a6d03e0d66f0"),
                new Vector(
                        "GET",
                        "https://storage.googleapis.com",
                        "/test-bucket/test-object",
                        Map.of("multiple", " xyz ,  abc, def  , xyz   "),
                        "2019-02-01T09:00:00Z",
                        10,
                        "host%3Bmultiple",
                        "5cc113735625341f59c7203f0c2c9febc95ba6af6b9c38814f8e523214712087dc0996e4960d273ae1889f248ac1e58d4d19"
                                + "cb3a69ad7670e9a8ca1b434e878f59339dc7006cf32dfd715337e9f593e0504371839174962a08294586e0c78160a7aa3033"
                                + "97888c8350637c6af3b32ac310886cc4590bfda9ca561ee58fb5b8ec56bc606d2ada6e7df31f4276e9dcb96bcaea39dc2cd0"
                                + "96f3fad774f9c4b30e317ad43736c05f76831437f44e8726c1e90d3f6c9827dc273f211f32fc85658dfc5d357eb606743a6b"
                                + "00a29e519eef1bebaf9db3e8f4b1f5f9afb648ad06e60bc42fa8b57025056697c874c9ea76f5a73201c9717ea43e54713ff3"
                                + "502ff3fc626b"),
                new Vector(
                        "GET",
                        "https://xyz.googleapis.com",
                        "/test-bucket/test-object",
                        Map.of(),
                        "2019-02-01T09:00:00Z",
                        10,
                        "host",
                        "53b20003ff2c552b3194a6bccc25024663662392554b3334e989e2704f3a0308455eaacf45c335a78c0186a5cf8eef78bf57"
                                + "81a7267465d28a35c9e1291f87ff340e9ee40b3b9bdce70561bf000887ce38ccd7d2445a8749453960a8f11d37576dfd5942"
                                + "f92d6f4527bbeffb90526b5de9653b6ca16136e9f19bcb65d984ddaf22c4ade45d6a168bb4752a43de33ab121206f50d9946"
                                + "12824407711bff720cb1b207b61b613c44c85d3ce16dc4fc6eba24e494e176b0780d0ab85a800b13fcbf31434ddf51992efa"
                                + "e1efde330ebda0617d1c20078ef22a4f10a7bcbed961237442d9a8db78d7aeb777a4994b50efdd41e07c4966e912a30f92a7"
                                + "426f207e9545"));
    }

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

    /** Answers with a signature that was published, and keeps the text that it must be of. */
    private static final class PublishedSignature implements SigningKey {

        private final byte[] signature;
        private byte[] signed;

        PublishedSignature(String signature) {
            this.signature = HexFormat.of().parseHex(signature);
        }

        @Override
        public String algorithm() {
            return "GOOG4-RSA-SHA256";
        }

        @Override
        public String account() {
            return ACCOUNT;
        }

        @Override
        public Begun begin(String day, byte[] start) {
            return end -> {
                signed = Arrays.copyOf(start, start.length + end.length);
                System.arraycopy(end, 0, signed, start.length, end.length);
                return signature;
            };
        }

        @Override
        public boolean isSlow() {
            return true;
        }

        boolean fitsWhatWasSigned() throws Exception {
            PublicKey key = KeyFactory.getInstance("RSA")
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(PUBLIC_KEY)));
            Signature verification = Signature.getInstance("SHA256withRSA");
            verification.initVerify(key);
            verification.update(signed);
            return verification.verify(signature);
        }
    }
}
