package io.graphqlfiles.internal.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.CompressionAlgorithm;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectEncrypter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenSealerTest {

    private static final String OLD = "old-0123456789abcdef0123456789abcdef";
    private static final String NEW = "new-0123456789abcdef0123456789abcdef";
    private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(60);
    private static final Map<String, Object> CLAIMS = Map.of("key", "staged/a", "size", 7L, "types", List.of("a", "b"));

    private final TokenSealer sealer = new TokenSealer(List.of(OLD));

    @Test
    void open_returnsWhatWasSealed() throws Exception {
        assertThat(sealer.open("upload", sealer.seal("upload", CLAIMS, LATER), NOW))
                .isEqualTo(CLAIMS);
    }

    @Test
    void seal_hidesTheClaimsAndNeverRepeatsItself() {
        String token = sealer.seal("upload", CLAIMS, LATER);

        assertThat(sealer.seal("upload", CLAIMS, LATER)).isNotEqualTo(token);
        for (String part : token.split("\\.", -1)) {
            assertThat(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.ISO_8859_1))
                    .doesNotContain("staged");
        }
    }

    @Test
    void open_everyCharacterChanged() {
        String token = sealer.seal("upload", CLAIMS, LATER);
        for (int i = 0; i < token.length(); i++) {
            // Two neighbours in the alphabet, so that characters whose low bits base64 ignores are covered as well.
            for (char other : new char[] {next(token.charAt(i)), '.', '=', 'A'}) {
                if (other != token.charAt(i)) {
                    assertInvalid("upload", token.substring(0, i) + other + token.substring(i + 1));
                }
            }
        }
    }

    @Test
    void open_cutOrExtendedAnywhere() {
        String token = sealer.seal("upload", CLAIMS, LATER);
        for (int i = 0; i < token.length(); i++) {
            assertInvalid("upload", token.substring(0, i));
            assertInvalid("upload", token.substring(0, i) + "A" + token.substring(i));
        }
        assertInvalid("upload", token + "=");
        assertInvalid("upload", token + ".");
        assertInvalid("upload", " " + token);
    }

    @Test
    void open_otherPurpose() {
        String token = sealer.seal("upload", CLAIMS, LATER);

        assertInvalid("attach", token);
        assertInvalid("UPLOAD", token);
    }

    @Test
    void open_expiryIsExclusive() throws Exception {
        String token = sealer.seal("upload", CLAIMS, LATER);

        assertThat(sealer.open("upload", token, LATER.minusMillis(1))).isEqualTo(CLAIMS);
        TokenException atExpiry = catchThrowableOfType(TokenException.class, () -> sealer.open("upload", token, LATER));
        assertThat(atExpiry).hasMessage("the token has expired");
        assertThat(atExpiry.isExpired()).isTrue();
    }

    @Test
    void open_expiredAndTampered_isInvalid() {
        String token = sealer.seal("upload", CLAIMS, NOW.minusSeconds(1));

        assertInvalid("upload", token.substring(0, token.length() - 1) + next(token.charAt(token.length() - 1)));
    }

    @Test
    void open_rotation() throws Exception {
        String old = sealer.seal("upload", CLAIMS, LATER);
        TokenSealer both = new TokenSealer(List.of(NEW, OLD));
        TokenSealer onlyNew = new TokenSealer(List.of(NEW));

        assertThat(both.open("upload", old, NOW)).isEqualTo(CLAIMS);
        assertThat(onlyNew.open("upload", both.seal("upload", CLAIMS, LATER), NOW))
                .isEqualTo(CLAIMS);
        assertThatThrownBy(() -> onlyNew.open("upload", old, NOW)).isInstanceOf(TokenException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "....", ".....", "a.b.c.d.e", "null", "{}", "\u0000", "ü.ü.ü.ü.ü", "💥"})
    void open_garbage(String token) {
        assertInvalid("upload", token);
    }

    @Test
    void open_randomGarbage() {
        Random random = new Random(42);
        String alphabet = "ABCabc019-_.=+/ \n";
        String token = sealer.seal("upload", CLAIMS, LATER);
        for (int i = 0; i < 5000; i++) {
            StringBuilder garbage = new StringBuilder(i % 2 == 0 ? token.substring(0, token.indexOf('.') + 1) : "");
            for (int length = random.nextInt(200); length > 0; length--) {
                garbage.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertInvalid("upload", garbage.toString());
        }
    }

    @Test
    void open_tooLong() {
        assertInvalid("upload", "A".repeat(50_000_000));
    }

    @Test
    void seal_tooLong() {
        Map<String, String> claims = Map.of("name", "x".repeat(TokenSealer.MAX_LENGTH));

        assertThatThrownBy(() -> sealer.seal("upload", claims, LATER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("claims: expected a token of at most 8192 characters, found ");
    }

    @Test
    void seal_reservedClaim() {
        assertThatThrownBy(() -> sealer.seal("upload", Map.of("exp", 1L), LATER))
                .hasMessage("claims: expected no \"exp\", which the sealer writes");
    }

    @Test
    void open_rightKeyButOtherHeader() throws Exception {
        // The key itself is known here, so only the header stands between these and a valid token.
        assertInvalid("upload", sealedWith(header -> header.compressionAlgorithm(CompressionAlgorithm.DEF)));
        assertInvalid("upload", sealedWith(header -> header.contentType("JWT")));
        assertInvalid("upload", sealedWith(header -> header.customParam("x", 1)));
        assertInvalid("upload", sealedWith(header -> header.type(null)));
        assertInvalid("upload", sealedWith(header -> header.type(new JOSEObjectType("Upload"))));
        assertInvalid("upload", sealedWith(header -> header.keyID("other")));
        assertThat(sealer.open("upload", sealedWith(header -> header), NOW)).isEmpty();
    }

    private String sealedWith(UnaryOperator<JWEHeader.Builder> change) throws Exception {
        String genuine = sealer.seal("upload", CLAIMS, LATER);
        JWEHeader.Builder header = new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A256GCM)
                .type(new JOSEObjectType("upload"))
                .keyID(JWEObject.parse(genuine).getHeader().getKeyID());
        JWEObject object =
                new JWEObject(change.apply(header).build(), new Payload("{\"exp\":" + LATER.getEpochSecond() + "}"));
        object.encrypt(new DirectEncrypter(
                new Secrets(List.of(OLD)).keys("graphql-files token A256GCM").get(0)));
        return object.serialize();
    }

    @Test
    void secrets_neverShown() {
        String secret = "s3cret-short";

        assertThatThrownBy(() -> new TokenSealer(List.of(NEW, secret)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "secret 2 of 2: expected at least 32 characters, found 12; set a random one that all servers"
                                + " share, for example the output of: openssl rand -base64 32");
        assertThatThrownBy(() -> new TokenSealer(List.of()))
                .hasMessage("secret: expected one or more, found none; set a random one that all servers share, for"
                        + " example the output of: openssl rand -base64 32");
        assertThat(sealer).hasToString("TokenSealer[1 secrets]");
        assertThat(new PathSigner(List.of(OLD, NEW))).hasToString("PathSigner[2 secrets]");
        assertThat(new Secrets(List.of(OLD))).hasToString("Secrets[1]");
    }

    @Test
    void keys_differByUse() {
        Secrets secrets = new Secrets(List.of(OLD));

        assertThat(secrets.keys("a").get(0))
                .hasSize(32)
                .isNotEqualTo(secrets.keys("b").get(0));
    }

    private void assertInvalid(String purpose, String token) {
        TokenException refusal = catchThrowableOfType(TokenException.class, () -> sealer.open(purpose, token, NOW));
        assertThat(refusal).hasMessage("the token is invalid");
        assertThat(refusal.isExpired()).isFalse();
    }

    private static char next(char c) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int index = alphabet.indexOf(c);
        return index < 0 ? 'A' : alphabet.charAt(index ^ 1);
    }
}
