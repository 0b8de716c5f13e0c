package io.graphqlfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Base64ContentTest {

    private static final int PIECE = 32 * 1024;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    @RepeatedTest(200)
    void open_givesWhatTheJdkDecodes() throws IOException {
        byte[] bytes = new byte[random.nextInt(random.nextBoolean() ? 100 : 200_000)];
        random.nextBytes(bytes);
        Base64.Encoder encoder =
                random.nextBoolean() ? Base64.getEncoder() : Base64.getEncoder().withoutPadding();

        Base64Content content = Base64Content.of(encoder.encodeToString(bytes));

        assertThat(content.byteSize()).as("seed %d", seed).isEqualTo(bytes.length);
        try (InputStream in = content.open()) {
            assertThat(in.readAllBytes()).as("seed %d", seed).isEqualTo(bytes);
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @RepeatedTest(500)
    void anyText_isRefusedOrGivesWhatTheJdkDecodes() throws IOException {
        String alphabet = "ABCDabcd0189+/====-_ \n\u00e9\u0141";
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(10); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        byte[] expected = null;
        try {
            expected = Base64.getDecoder().decode(text.toString());
        } catch (IllegalArgumentException e) {
            // the JDK refuses it; so must we
        }

        byte[] found = null;
        try {
            Base64Content content = Base64Content.of(text.toString());
            found = content.open().readAllBytes();
            assertThat(content.byteSize()).isEqualTo(found.length);
        } catch (FileException e) {
            assertThat(e.code()).isEqualTo(FileErrorCode.FILE_BASE64_INVALID);
        }

        assertThat(found).as("seed %d, text \"%s\"", seed, text).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {PIECE - 4, PIECE - 1, PIECE, PIECE + 2, PIECE + 4, 2 * PIECE, 2 * PIECE + 3})
    void badCharacter_nearTheBordersOfPieces(int position) {
        StringBuilder text = new StringBuilder("A".repeat(3 * PIECE));
        text.setCharAt(position, '*');

        assertThatThrownBy(() -> Base64Content.of(text.toString()).open().readAllBytes())
                .isInstanceOf(FileException.class)
                .hasMessage("The text is not base64: it has characters other than A-Z, a-z, 0-9, + and /.");
    }

    @Test
    void padding_atTheEndOfAPiece() {
        String text = "A".repeat(PIECE - 2) + "==" + "A".repeat(PIECE);

        assertThatThrownBy(() -> Base64Content.of(text).open().readAllBytes())
                .isInstanceOf(FileException.class)
                .hasMessage("The text is not base64: it has padding before its end.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "AAAAA", "A=", "A==", "AA=", "AAA==", "AAAA=", "AAAA==", "A===", "="})
    void length_impossible(String text) {
        assertThatThrownBy(() -> Base64Content.of(text).open().readAllBytes())
                .isInstanceOfSatisfying(
                        FileException.class, e -> assertThat(e.code()).isEqualTo(FileErrorCode.FILE_BASE64_INVALID));
    }

    @Test
    void byteSize_isTold_withoutDecoding() {
        assertThat(Base64Content.of("*".repeat(400)).byteSize()).isEqualTo(300);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data:image/png;base64,QUI=               | image/png",
                "DATA:Image/PNG;BASE64,QUI=               | image/png",
                "data:text/plain;charset=utf-8;base64,QUI | text/plain",
                "data:;base64,QUI=                        | ",
            })
    void dataUrl(String text, String type) throws IOException {
        Base64Content content = Base64Content.of(text);

        assertThat(content.mimeType()).isEqualTo(type);
        assertThat(content.byteSize()).isEqualTo(2);
        assertThat(content.open().readAllBytes()).asString().isEqualTo("AB");
    }

    @Test
    void dataUrl_withAnEndlessHead() {
        assertThatThrownBy(() -> Base64Content.of("data:" + "a".repeat(300) + ";base64,QUI="))
                .hasMessage("The text is not base64: a data URL has a comma after its type.");
    }

    @Test
    void open_severalTimes() throws IOException {
        Base64Content content = Base64Content.of("QUI=");

        assertThat(content.open().readAllBytes()).isEqualTo(content.open().readAllBytes());
    }

    @Test
    void read_byteByByte() throws IOException {
        try (InputStream in = Base64Content.of("/wA=").open()) {
            assertThat(in.read()).isEqualTo(255);
            assertThat(in.read(new byte[3], 1, 0)).isZero();
            assertThat(in.read()).isZero();
            assertThat(in.read()).isEqualTo(-1);
        }
    }
}
