package io.graphqlfiles.internal.blob;

import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.spi.BlobKeys;
import io.graphqlfiles.spi.Visibility;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VariantKeysTest {

    private static final String DIGEST = "e4b279e8ae7a0a4f62fcb10bcc3f6c3a";

    @ParameterizedTest
    @ValueSource(strings = {"private/abc", "public/abc", "private/attached/abc", "public/attached/abc"})
    void variant_isFoundFromItsOriginal_andBack(String original) {
        String key = VariantKeys.of(original, DIGEST);

        assertThat(BlobKeys.isValid(key)).isTrue();
        assertThat(VariantKeys.isVariant(key)).isTrue();
        assertThat(VariantKeys.parse(key)).isEqualTo(new VariantKeys.VariantKey(original, DIGEST));
        assertThat(FileKeys.visibilityOf(key)).isEqualTo(FileKeys.visibilityOf(original));
        // Neither a file that has a URL by its id, nor one that has a row.
        assertThat(FileKeys.isPermanent(key)).isFalse();
        assertThat(FileKeys.isAttached(key)).isFalse();
        assertThat(VariantKeys.hasVariants(key)).isFalse();
    }

    @Test
    void keysOfEachKind_haveVariants() {
        FileKeys keys = new FileKeys();
        assertThat(VariantKeys.hasVariants(keys.permanent(Visibility.PUBLIC, null)))
                .isTrue();
        assertThat(VariantKeys.hasVariants(keys.attached(Visibility.PRIVATE, null)))
                .isTrue();
        assertThat(VariantKeys.hasVariants(keys.permanent(Visibility.PRIVATE, "acme")))
                .isTrue();
        assertThat(VariantKeys.hasVariants(keys.attached(Visibility.PUBLIC, "acme")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"staged/20260101/abc", "imported/2020/abc", "private/doctor/abc", "private/a/b/c", "abc"})
    void otherKeys_haveNone(String key) {
        assertThat(VariantKeys.hasVariants(key)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "private/variants/abc",
                "private/variants/a/b/c/d",
                "private/variants/variants/a/b",
                "private/abc",
                "staged/variants/abc/def",
            })
    void otherKeys_areNoVariants(String key) {
        assertThat(VariantKeys.parse(key)).isNull();
    }

    @Test
    void deletion_isOfAllKnownRecipes() {
        VariantKeys keys = new VariantKeys();
        assertThat(keys.ofAll(List.of("private/a"))).isEmpty();

        keys.add(List.of("d1"));
        keys.add(List.of("d2", "d1"));

        assertThat(keys.ofAll(List.of("private/a", "staged/x/b")))
                .containsExactly("private/variants/a/d1", "private/variants/a/d2");
        assertThat(keys.isKnown("d2")).isTrue();
        assertThat(keys.isKnown("d3")).isFalse();
    }
}
