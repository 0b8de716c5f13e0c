package io.graphqlfiles.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graphqlfiles.spi.BlobReference;
import io.graphqlfiles.spi.SignGetRequest;
import io.graphqlfiles.spi.SignedUrl;
import io.graphqlfiles.spi.Visibility;
import io.graphqlfiles.spi.media.VariantRecipe;
import io.graphqlfiles.spi.media.VariantRecipe.Format;
import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ImgproxyUrlsTest {

    private static final String KEY = "736563726574";
    private static final String SALT = "68656c6c6f";
    private static final Instant FROM = Instant.parse("2026-11-21T10:00:00Z");
    private static final Instant UNTIL = Instant.parse("2026-11-21T14:00:00Z");

    private final ImgproxyUrls urls = ImgproxyUrls.newImgproxyUrls(URI.create("https://img.test"), KEY, SALT)
            .source("default", "s3://shop/")
            .build();

    private SignedUrl sign(Visibility visibility, VariantRecipe recipe) {
        return urls.sign(
                new BlobReference("default", "private/abc"),
                new SignGetRequest("private/variants/abc/d", visibility, null, FROM, UNTIL),
                recipe,
                Format.WEBP);
    }

    /** The example of imgproxy's own documentation. */
    @Test
    void signature_asPublished() {
        assertThat(urls.signature(
                        "/rs:fill:300:400:0/g:sm/aHR0cDovL2V4YW1w/bGUuY29tL2ltYWdl/cy9jdXJpb3NpdHku/anBn.png"))
                .isEqualTo("oKfUtW34Dvo2BGQehJFR4Nr0_rIjOtdtzJ3QFsUcXH8");
    }

    @Test
    void privateVariant_expires_andNamesTheBucketOnly() {
        SignedUrl url =
                sign(Visibility.PRIVATE, VariantRecipe.covering(200, 100).quality(70));

        assertThat(url.text())
                .matches(
                        "https://img\\.test/[A-Za-z0-9_-]{43}/rs:fill:200:100:0:0/sm:1/q:70/exp:1795269600/czM6Ly9zaG9wL3ByaXZhdGUvYWJj\\.webp");
        assertThat(url.expiresAt()).isEqualTo(UNTIL);
        assertThat(sign(Visibility.PRIVATE, VariantRecipe.covering(200, 100).quality(70)))
                .isEqualTo(url);
    }

    @Test
    void publicVariant_neverExpires() {
        SignedUrl url = sign(Visibility.PUBLIC, VariantRecipe.ofWidth(300));

        assertThat(url.text()).contains("/rs:fit:300:0:0:0/sm:1/czM6").doesNotContain("exp:");
        assertThat(url.expiresAt()).isNull();
    }

    @Test
    void signs_forItsStores() {
        VariantRecipe recipe = VariantRecipe.ofWidth(300);
        assertThat(urls.signs("default", "image/heic", recipe, Format.JPEG)).isTrue();
        assertThat(urls.signs("archive", "image/heic", recipe, Format.JPEG)).isFalse();
        assertThat(urls.signs("default", "application/pdf", recipe, Format.JPEG))
                .isFalse();
    }

    @Test
    void mistakes() {
        URI base = URI.create("https://img.test");
        assertThatThrownBy(() -> ImgproxyUrls.newImgproxyUrls(base, "no hex", SALT))
                .hasMessageContaining("key: ");
        assertThatThrownBy(() -> ImgproxyUrls.newImgproxyUrls(URI.create("img.test"), KEY, SALT))
                .hasMessageContaining("baseUrl: ");
        assertThatThrownBy(() -> ImgproxyUrls.newImgproxyUrls(base, KEY, SALT).build())
                .isInstanceOf(IllegalStateException.class);
        assertThat(urls.toString()).doesNotContain(KEY).doesNotContain(SALT);
    }
}
