package io.graphqlfiles.internal.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AspectRatioTest {

    @ParameterizedTest
    @CsvSource({
        "16:9, 1920, 1080, true",
        "16:9, 1366, 768, true",
        "16:9, 1365, 769, false",
        "16:9, 1080, 1920, false",
        "1:1, 1, 1, true",
        "1:1, 2000, 2000, true",
        "1:1, 2000, 2001, false",
        "4:5-16:9, 800, 1000, true",
        "4:5-16:9, 1000, 1000, true",
        "4:5-16:9, 1600, 900, true",
        "4:5-16:9, 1602, 900, false",
        "4:5-16:9, 798, 1000, false",
    })
    void matches(String text, int width, int height, boolean expected) {
        assertThat(AspectRatio.parse(text).matches(width, height)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "16", "16:", "0:9", "16:9:4", "16/9", "16:9-4:5", "-1:1", "100000:1"})
    void anythingElse_isRefused(String text) {
        assertThatThrownBy(() -> AspectRatio.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"50MP, 50000000", "480000, 480000", "1 mp, 1000000"})
    void pixels(String text, long expected) {
        assertThat(PixelCount.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MP", "0", "-1", "1.5MP", "5MB", "9999999999999"})
    void noPixels(String text) {
        assertThatThrownBy(() -> PixelCount.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
