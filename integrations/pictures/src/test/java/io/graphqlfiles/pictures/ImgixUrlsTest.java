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

class ImgixUrlsTest {

    private static final String TOKEN = "a token of the tests";
    private static final Instant FROM = Instant.parse("2026-11-21T10:00:00Z");
    private static final Instant UNTIL = Instant.parse("2026-11-21T14:00:00Z");

    private final ImgixUrls urls = ImgixUrls.newImgixUrls()
            .source("default", URI.create("https://shop.test"), TOKEN)
            .source("archive", URI.create("https://archive.test/old"), "another")
            .build();

    private SignedUrl sign(String store, Visibility visibility, VariantRecipe recipe, Format format) {
        return urls.sign(
                new BlobReference(store, "private/abc"),
                new SignGetRequest("private/variants/abc/d", visibility, null, FROM, UNTIL),
                recipe,
                format);
    }

    /** Those that every client of imgix is tested with. */
    @Test
    void signature_asPublished() {
        assertThat(ImgixUrls.signature("FOO123bar", "/users/1.png")).isEqualTo("6797c24146142d5b40bde3141fd3600c");
        assertThat(ImgixUrls.signature("FOO123bar", "/users/1.png?w=400&h=300"))
                .isEqualTo("c7b86f666a832434dd38577e38cf86d1");
    }

    @Test
    void privateVariant_expires_andTheSameComesOutAgain() {
        VariantRecipe recipe = VariantRecipe.covering(200, 100).quality(70);

        SignedUrl url = sign("default", Visibility.PRIVATE, recipe, Format.WEBP);

        String signed = "/private/abc?fit=min&cs=srgb&iptc=block&w=200&h=100&fm=webp&q=70&expires=1795269600";
        assertThat(url.text()).isEqualTo("https://shop.test" + signed + "&s=" + ImgixUrls.signature(TOKEN, signed));
        assertThat(url.expiresAt()).isEqualTo(UNTIL);
        assertThat(sign("default", Visibility.PRIVATE, recipe, Format.WEBP)).isEqualTo(url);
    }

    @Test
    void publicVariant_neverExpires() {
        SignedUrl url = sign("default", Visibility.PUBLIC, VariantRecipe.ofWidth(300), Format.JPEG);

        assertThat(url.text()).startsWith("https://shop.test/private/abc?fit=max&cs=srgb&iptc=block&w=300&fm=jpg&s=");
        assertThat(url.expiresAt()).isNull();
    }

    @Test
    void pathOfTheSource_isSignedToo() {
        SignedUrl url = sign("archive", Visibility.PUBLIC, VariantRecipe.ofHeight(300), Format.AVIF);

        String signed = "/old/private/abc?fit=max&cs=srgb&iptc=block&h=300&fm=avif";
        assertThat(url.text())
                .isEqualTo("https://archive.test" + signed + "&s=" + ImgixUrls.signature("another", signed));
    }

    @Test
    void signs_forItsStores() {
        VariantRecipe recipe = VariantRecipe.ofWidth(300);
        assertThat(urls.signs("default", "image/heic", recipe, Format.JPEG)).isTrue();
        assertThat(urls.signs("elsewhere", "image/heic", recipe, Format.JPEG)).isFalse();
        assertThat(urls.signs("default", "application/pdf", recipe, Format.JPEG))
                .isFalse();
    }

    @Test
    void mistakes() {
        ImgixUrls.Builder builder = ImgixUrls.newImgixUrls();
        for (String url : new String[] {"shop.test", "https://shop.test/", "https://shop.test?a=b", "mailto:shop"}) {
            assertThatThrownBy(() -> builder.source("default", URI.create(url), TOKEN))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("baseUrl: ");
        }
        assertThatThrownBy(() -> builder.source("default", URI.create("https://shop.test"), ""))
                .hasMessageContaining("token: ");
        assertThatThrownBy(builder::build).isInstanceOf(IllegalStateException.class);
        assertThat(urls.toString()).doesNotContain(TOKEN);
    }
}
