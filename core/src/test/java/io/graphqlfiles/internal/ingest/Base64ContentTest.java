package io.graphqlfiles.internal.ingest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graphqlfiles.FileErrorCode;
import io.graphqlfiles.FileException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
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

    @RepeatedTest(2000)
    void anyText_isRefusedOrGivesWhatTheJdkDecodes() throws IOException {
        String alphabet = random.nextBoolean() ? "ABCDabcd0189+/====-_ \n\u00e9\u0141" : "Ab1+/=\r\n \t\f";
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        String dense = text.toString().replaceAll("[ \t\r\n\f]", "");
        byte[] expected = null;
        try {
            expected = (dense.contains("-") || dense.contains("_") ? Base64.getUrlDecoder() : Base64.getDecoder())
                    .decode(dense);
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
                .hasMessage("The text is not base64: it has \"*\" at character " + (position + 1)
                        + "; expected A-Z, a-z, 0-9, + and / (or - and _), and = at the end only.");
    }

    @Test
    void padding_atTheEndOfAPiece() {
        String text = "A".repeat(PIECE - 2) + "==" + "A".repeat(PIECE);

        assertThatThrownBy(() -> Base64Content.of(text).open().readAllBytes())
                .isInstanceOf(FileException.class)
                .hasMessage(
                        "The text is not base64: it has padding (=) at character " + (PIECE - 1) + ", before its end.");
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
                "data:text/plain;charset=utf-8;base64,QUI | text/plain;charset=utf-8",
                "data:;base64,QUI=                        | ",
                "data:video/webm;codecs=vp8,opus;base64,QUI= | video/webm;codecs=vp8,opus",
                "data:video/webm; codecs=vp8, opus ;base64,QUI= | 'video/webm; codecs=vp8, opus '",
                "data:image/png;name=base64,13.png;base64,QUI= | image/png;name=base64,13.png",
                "data:image/png ; BASE64 ,QUI=             | image/png",
                "DATA:image/png;;base64,QUI=               | image/png;",
                "data:;charset=utf-8;base64,QUI=           | text/plain;charset=utf-8",
            })
    void dataUrl(String text, String type) throws IOException {
        Base64Content content = Base64Content.of(text);

        assertThat(content.mimeType()).isEqualTo(type);
        assertThat(content.byteSize()).isEqualTo(2);
        assertThat(content.open().readAllBytes()).asString().isEqualTo("AB");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data:image/png;\nbase64,QUI=",
                "data:image/png\r\n;base64,QUI=",
                "data:image/png;base64\r\n,QUI=",
                "data:\nimage/png;base64,\nQUI=",
                "data:image/png;name=a\nb.png;\r\nbase64,QUI="
            })
    void dataUrl_withLineEnds(String text) throws IOException {
        Base64Content content = Base64Content.of(text);

        assertThat(content.mimeType()).isIn("image/png", "image/png;name=ab.png");
        assertThat(content.open().readAllBytes()).asString().isEqualTo("AB");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\n", "\r\n\t ", "\f"})
    void dataUrl_behindBlanks(String blanks) throws IOException {
        Base64Content content = Base64Content.of(blanks + "data:image/png;base64,QUI=");

        assertThat(content.mimeType()).isEqualTo("image/png");
        assertThat(content.open().readAllBytes()).asString().isEqualTo("AB");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, PIECE / 3, PIECE - 1, PIECE, PIECE + 1})
    void blanks_betweenFewDigits(int blanks) throws IOException {
        byte[] bytes = new byte[100];
        random.nextBytes(bytes);
        String text = Base64.getEncoder().encodeToString(bytes).replaceAll("", " ".repeat(blanks));

        Base64Content content = Base64Content.of(text);

        assertThat(content.byteSize()).isEqualTo(bytes.length);
        assertThat(content.open().readAllBytes()).as("seed %d", seed).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\n", "\r", " ", "\t", "\f", "\n \t"})
    void blanks_betweenTheLinesOfEncoders(String separator) throws IOException {
        byte[] bytes = new byte[100_000];
        random.nextBytes(bytes);
        Base64.Encoder lines = Base64.getMimeEncoder(76, separator.getBytes(US_ASCII));
        for (Base64.Encoder encoder : List.of(lines, lines.withoutPadding())) {
            for (int length : new int[] {0, 1, 2, 3, 57, 58, 99_998, 99_999, 100_000}) {
                byte[] file = Arrays.copyOf(bytes, length);
                for (String head : List.of("", "data:image/png;base64,")) {
                    Base64Content content =
                            Base64Content.of(head + separator + encoder.encodeToString(file) + separator);

                    assertThat(content.byteSize()).as("seed %d", seed).isEqualTo(length);
                    assertThat(content.open().readAllBytes())
                            .as("seed %d", seed)
                            .isEqualTo(file);
                }
            }
        }
    }

    @RepeatedTest(50)
    void alphabetForUrls() throws IOException {
        byte[] bytes = new byte[random.nextInt(100_000)];
        random.nextBytes(bytes);
        Base64.Encoder encoder = random.nextBoolean()
                ? Base64.getUrlEncoder()
                : Base64.getUrlEncoder().withoutPadding();

        assertThat(Base64Content.of(encoder.encodeToString(bytes)).open().readAllBytes())
                .as("seed %d", seed)
                .isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AA+-     | it has + at character 3 next to the - and _ of the alphabet for URLs.",
                "A_A/     | it has / at character 4 next to the - and _ of the alphabet for URLs.",
                "QQ==QQ== | it has padding (=) at character 3, before its end.",
                "AA=A     | it has padding (=) at character 3, before its end.",
                "AAAA=    | it ends with = where none is expected.",
                "AAA==    | it ends with == where = is expected.",
                "A AAA A  | it breaks off in the middle of a byte (length 5).",
                "AA\u00e9A | it has U+00E9 at character 3; expected A-Z, a-z, 0-9, + and / (or - and _), and = at the end only.",
                "\ufeffAAA | it has U+FEFF at character 1; expected A-Z, a-z, 0-9, + and / (or - and _), and = at the end only.",
                "A\u00a0AA | it has U+00A0 at character 2; expected A-Z, a-z, 0-9, + and / (or - and _), and = at the end only.",
                "A%3DA    | it has \"%\" at character 2; expected A-Z, a-z, 0-9, + and / (or - and _), and = at the end only.",
            })
    void mistake_isNamed(String text, String reason) {
        assertThatThrownBy(() -> Base64Content.of(text).open().readAllBytes())
                .isInstanceOfSatisfying(
                        FileException.class, e -> assertThat(e.code()).isEqualTo(FileErrorCode.FILE_BASE64_INVALID))
                .hasMessage("The text is not base64: " + reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\r\n", "data:;base64,", "data:image/png;base64,\n"})
    void nothing_isAnEmptyFile(String text) throws IOException {
        assertThat(Base64Content.of(text).byteSize()).isZero();
        assertThat(Base64Content.of(text).open().readAllBytes()).isEmpty();
    }

    @Test
    void dataUrl_percentEncoded() throws IOException {
        byte[] bytes = new byte[50_000];
        random.nextBytes(bytes);
        for (int length : new int[] {1, 2, 3, 50_000}) {
            byte[] file = Arrays.copyOf(bytes, length);
            String encoded = URLEncoder.encode(Base64.getMimeEncoder().encodeToString(file), US_ASCII);

            Base64Content content = Base64Content.of("data:image/png;base64," + encoded);

            assertThat(content.byteSize()).as("seed %d", seed).isEqualTo(length);
            assertThat(content.open().readAllBytes()).as("seed %d", seed).isEqualTo(file);
        }
        assertThatThrownBy(
                        () -> Base64Content.of("data:,;base64,AA%zzAAAA").open().readAllBytes())
                .isInstanceOf(FileException.class);
        assertThatThrownBy(() -> Base64Content.of("data:;base64,AA%E4A").open().readAllBytes())
                .isInstanceOf(FileException.class);
    }

    @Test
    void dataUrl_withAnEndlessHead() {
        assertThatThrownBy(() -> Base64Content.of("data:" + "a".repeat(2000) + ";base64,QUI="))
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
