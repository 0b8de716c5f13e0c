package io.graphqlfiles.internal.blob;

import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.spi.BlobKeys;
import io.graphqlfiles.spi.Visibility;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileKeysTest {

    private final FileKeys keys = new FileKeys();

    @Test
    void permanent_byVisibility() {
        assertThat(keys.permanent(Visibility.PUBLIC, null))
                .matches("public/[a-z2-7]{32}")
                .satisfies(key -> {
                    assertThat(BlobKeys.isValid(key)).isTrue();
                    assertThat(FileKeys.isPermanent(key)).isTrue();
                    assertThat(FileKeys.visibilityOf(key)).isEqualTo(Visibility.PUBLIC);
                });
        assertThat(keys.permanent(Visibility.PRIVATE, null))
                .matches("private/[a-z2-7]{32}")
                .satisfies(key -> {
                    assertThat(FileKeys.isPermanent(key)).isTrue();
                    assertThat(FileKeys.visibilityOf(key)).isEqualTo(Visibility.PRIVATE);
                });
    }

    @Test
    void staged_byDayInUtc() {
        assertThat(keys.staged(Instant.parse("2026-01-01T23:59:59.999Z"), null))
                .matches("staged/20260101/[a-z2-7]{32}");
        assertThat(keys.staged(Instant.parse("2026-01-02T00:00:00Z"), null))
                .startsWith("staged/20260102/")
                .satisfies(key -> {
                    assertThat(BlobKeys.isValid(key)).isTrue();
                    assertThat(FileKeys.isPermanent(key)).isFalse();
                });
    }

    @Test
    void tenant_isInEveryKey_andFoundThere() {
        List<String> made = List.of(
                keys.permanent(Visibility.PUBLIC, "acme"),
                keys.attached(Visibility.PRIVATE, "acme"),
                keys.staged(Instant.parse("2026-01-02T00:00:00Z"), "acme"));

        assertThat(made.get(0)).matches("public/acme/[a-z2-7]{32}");
        assertThat(made.get(1)).matches("private/attached/acme/[a-z2-7]{32}");
        assertThat(made.get(2)).matches("staged/20260102/acme/[a-z2-7]{32}");
        assertThat(made).allSatisfy(key -> {
            assertThat(BlobKeys.isValid(key)).isTrue();
            assertThat(FileKeys.tenantOf(key)).isEqualTo("acme");
        });
        assertThat(made.subList(0, 2)).allSatisfy(key -> {
            String variant = VariantKeys.of(key, "d".repeat(64));
            assertThat(BlobKeys.isValid(variant)).isTrue();
            assertThat(FileKeys.tenantOf(variant)).isEqualTo("acme");
            assertThat(VariantKeys.parse(variant)).isEqualTo(new VariantKeys.VariantKey(key, "d".repeat(64)));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "public/abc",
                "private/attached/abc",
                "private/attached/identity",
                "private/variants/abc/digest",
                "private/variants/attached/abc/digest",
                "private/doctor/abc",
                "staged/20260102/abc",
                "staged/doctor/abc",
                "imported/2020/abc",
                "abc",
            })
    void otherKeys_haveNoTenant(String key) {
        assertThat(FileKeys.tenantOf(key)).isNull();
    }

    @Test
    void keys_neverTwice_andUseAllDigits() {
        Set<String> made = IntStream.range(0, 1000)
                .mapToObj(i -> keys.permanent(Visibility.PRIVATE, null))
                .collect(Collectors.toSet());

        assertThat(made).hasSize(1000);
        assertThat(made.stream()
                        .flatMapToInt(key -> key.substring(8).chars())
                        .distinct()
                        .count())
                .isEqualTo(32);
    }
}
