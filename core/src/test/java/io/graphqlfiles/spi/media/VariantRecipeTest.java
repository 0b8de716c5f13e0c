package io.graphqlfiles.spi.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VariantRecipeTest {

    @ParameterizedTest
    @CsvSource({
        "4000, 3000, 200, 200, 200, 150",
        "3000, 4000, 200, 200, 150, 200",
        "100, 50, 200, 200, 100, 50",
        "10000, 1, 200, 200, 200, 1",
        "200, 200, 200, 200, 200, 200",
    })
    void within(int width, int height, int w, int h, int expectedWidth, int expectedHeight) {
        assertThat(VariantRecipe.within(w, h).sizeOf(width, height))
                .isEqualTo(new VariantRecipe.Size(expectedWidth, expectedHeight));
    }

    @Test
    void oneSide() {
        assertThat(VariantRecipe.ofWidth(1280).sizeOf(4000, 3000)).isEqualTo(new VariantRecipe.Size(1280, 960));
        assertThat(VariantRecipe.ofHeight(300).sizeOf(4000, 3000)).isEqualTo(new VariantRecipe.Size(400, 300));
        assertThat(VariantRecipe.ofWidth(1280).sizeOf(640, 480)).isEqualTo(new VariantRecipe.Size(640, 480));
    }

    @ParameterizedTest
    @CsvSource({
        "4000, 3000, 200, 200, 200, 200",
        "300, 100, 200, 200, 100, 100",
        "100, 50, 400, 100, 100, 25",
        "1, 10000, 200, 200, 1, 1",
    })
    void covering_keepsItsRatio_andEnlargesNothing(
            int width, int height, int w, int h, int expectedWidth, int expectedHeight) {
        assertThat(VariantRecipe.covering(w, h).sizeOf(width, height))
                .isEqualTo(new VariantRecipe.Size(expectedWidth, expectedHeight));
    }

    /** Another digest of the same recipe would have every variant made again. */
    @Test
    void digest_neverChanges() {
        assertThat(VariantRecipe.covering(200, 200)
                        .as(VariantRecipe.Format.WEBP)
                        .digest())
                .isEqualTo("e4b279e8ae7a0a4f62fcb10bcc3f6c3a");
    }

    @Test
    void digest_isOfEveryProperty() {
        VariantRecipe recipe = VariantRecipe.within(200, 100);
        Set<String> digests = Stream.of(
                        recipe,
                        VariantRecipe.within(100, 200),
                        VariantRecipe.covering(200, 100),
                        VariantRecipe.ofWidth(200),
                        VariantRecipe.ofHeight(200),
                        recipe.as(VariantRecipe.Format.JPEG),
                        recipe.quality(80))
                .map(VariantRecipe::digest)
                .collect(Collectors.toSet());

        assertThat(digests).hasSize(7);
        assertThat(VariantRecipe.within(200, 100)).isEqualTo(recipe).hasSameHashCodeAs(recipe);
    }

    @Test
    void mistakes() {
        assertThatThrownBy(() -> VariantRecipe.within(0, 1)).hasMessage("width: expected 1 to 10000, found 0");
        assertThatThrownBy(() -> VariantRecipe.ofHeight(10_001)).hasMessage("height: expected 1 to 10000, found 10001");
        assertThatThrownBy(() -> VariantRecipe.ofWidth(1).quality(0)).hasMessage("quality: expected 1 to 100, found 0");
    }
}
