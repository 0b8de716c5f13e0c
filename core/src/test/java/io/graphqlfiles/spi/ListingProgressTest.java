package io.graphqlfiles.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListingProgressTest {

    private final ListingProgress progress = new ListingProgress();

    @Test
    void advancesTo_cursorsThatAreAllNew_always() {
        assertThat(IntStream.range(0, 10_000).allMatch(i -> progress.advancesTo("page " + i)))
                .isTrue();
    }

    @Test
    void advancesTo_cursorOfThePageBefore_never() {
        assertThat(progress.advancesTo("a")).isTrue();
        assertThat(progress.advancesTo("b")).isTrue();
        assertThat(progress.advancesTo("c")).isTrue();

        assertThat(progress.advancesTo("c")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "0, 2", "0, 3", "1, 2", "5, 7", "100, 3", "3, 100", "1000, 1000"})
    void advancesTo_circle_isNoticedSoon(int before, int circle) {
        int asked = 0;
        while (progress.advancesTo("page " + (asked < before ? asked : before + (asked - before) % circle))) {
            asked++;
            assertThat(asked).isLessThan(4 * (before + circle));
        }

        assertThat(asked).isGreaterThanOrEqualTo(before + circle);
    }
}
