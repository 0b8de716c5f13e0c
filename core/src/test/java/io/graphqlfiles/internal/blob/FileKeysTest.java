package io.graphqlfiles.internal.blob;

import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.spi.BlobKeys;
import io.graphqlfiles.spi.Visibility;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FileKeysTest {

    private final FileKeys keys = new FileKeys();

    @Test
    void permanent_byVisibility() {
        assertThat(keys.permanent(Visibility.PUBLIC))
                .matches("public/[a-z2-7]{32}")
                .satisfies(key -> {
                    assertThat(BlobKeys.isValid(key)).isTrue();
                    assertThat(FileKeys.isPermanent(key)).isTrue();
                    assertThat(FileKeys.visibilityOf(key)).isEqualTo(Visibility.PUBLIC);
                });
        assertThat(keys.permanent(Visibility.PRIVATE))
                .matches("private/[a-z2-7]{32}")
                .satisfies(key -> {
                    assertThat(FileKeys.isPermanent(key)).isTrue();
                    assertThat(FileKeys.visibilityOf(key)).isEqualTo(Visibility.PRIVATE);
                });
    }

    @Test
    void staged_byDayInUtc() {
        assertThat(keys.staged(Instant.parse("2026-01-01T23:59:59.999Z"))).matches("staged/20260101/[a-z2-7]{32}");
        assertThat(keys.staged(Instant.parse("2026-01-02T00:00:00Z")))
                .startsWith("staged/20260102/")
                .satisfies(key -> {
                    assertThat(BlobKeys.isValid(key)).isTrue();
                    assertThat(FileKeys.isPermanent(key)).isFalse();
                });
    }

    @Test
    void keys_neverTwice_andUseAllDigits() {
        Set<String> made = IntStream.range(0, 1000)
                .mapToObj(i -> keys.permanent(Visibility.PRIVATE))
                .collect(Collectors.toSet());

        assertThat(made).hasSize(1000);
        assertThat(made.stream()
                        .flatMapToInt(key -> key.substring(8).chars())
                        .distinct()
                        .count())
                .isEqualTo(32);
    }
}
