package io.graphqlfiles.internal.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class PathSignerTest {

    private static final String OLD = "old-0123456789abcdef0123456789abcdef";
    private static final String NEW = "new-0123456789abcdef0123456789abcdef";
    private static final String TEXT = "GET\n/files/main/private/abc\n1767225600";

    private final PathSigner signer = new PathSigner(List.of(OLD));

    @Test
    void sign_sameOnEveryServer() {
        assertThat(signer.sign(TEXT))
                .matches("[A-Za-z0-9_-]{43}")
                .isEqualTo(new PathSigner(List.of(OLD, NEW)).sign(TEXT));
    }

    @Test
    void sign_isHmacSha256() throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(
                new Secrets(List.of(OLD)).keys("graphql-files URL HmacSHA256").get(0), "HmacSHA256"));

        assertThat(Base64.getUrlDecoder().decode(signer.sign(TEXT)))
                .isEqualTo(mac.doFinal(TEXT.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void verify_ownSignature() {
        assertThat(signer.verify(TEXT, signer.sign(TEXT))).isTrue();
    }

    @Test
    void verify_everyCharacterOfTextOrSignatureChanged() {
        String signature = signer.sign(TEXT);
        for (int i = 0; i < TEXT.length(); i++) {
            assertThat(signer.verify(changed(TEXT, i), signature)).isFalse();
        }
        for (int i = 0; i < signature.length(); i++) {
            assertThat(signer.verify(TEXT, changed(signature, i))).isFalse();
            assertThat(signer.verify(TEXT, signature.substring(0, i))).isFalse();
        }
        assertThat(signer.verify(TEXT, signature + "=")).isFalse();
    }

    @Test
    void verify_rotation() {
        PathSigner both = new PathSigner(List.of(NEW, OLD));
        PathSigner onlyNew = new PathSigner(List.of(NEW));

        assertThat(both.verify(TEXT, signer.sign(TEXT))).isTrue();
        assertThat(onlyNew.verify(TEXT, both.sign(TEXT))).isTrue();
        assertThat(onlyNew.verify(TEXT, signer.sign(TEXT))).isFalse();
    }

    @Test
    void sign_manyThreads() {
        String signature = signer.sign(TEXT);

        assertThat(IntStream.range(0, 10_000).parallel().mapToObj(i -> signer.sign(TEXT)))
                .containsOnly(signature);
    }

    @Test
    void secrets_tooShort() {
        assertThatThrownBy(() -> new PathSigner(List.of("short"))).isInstanceOf(IllegalArgumentException.class);
    }

    private static String changed(String text, int index) {
        return text.substring(0, index) + (char) (text.charAt(index) ^ 1) + text.substring(index + 1);
    }
}
