package io.graphqlfiles.internal.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileIdTest {

    @Test
    void parse_ownText() {
        FileId id = new FileId("pictures", "public/abc");

        assertThat(FileId.parse(id.toString())).isEqualTo(id);
        assertThat(id.toString()).matches("[A-Za-z0-9_-]+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a:", "a:/b", "a:../b", "a:b/", "a:b\u00e9", "a:b c", "\u00e9:b", "a:b\n"})
    void parse_noId(String text) {
        assertThat(FileId.parse(
                        Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8))))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"!", "YTpi=", "YTpi==", "YTpiYw==", "YTpj\n", "YTpiYx"})
    void parse_anotherSpelling(String text) {
        assertThat(FileId.parse(text)).isNull();
    }

    @Test
    void parse_tooLong() {
        assertThat(FileId.parse("YTpi".repeat(300))).isNull();
    }
}
