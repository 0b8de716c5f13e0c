package io.graphqlfiles.pictures;

import static java.util.Objects.requireNonNull;

import io.graphqlfiles.spi.BlobReference;
import io.graphqlfiles.spi.SignGetRequest;
import io.graphqlfiles.spi.SignedUrl;
import io.graphqlfiles.spi.Visibility;
import io.graphqlfiles.spi.media.VariantRecipe;
import io.graphqlfiles.spi.media.VariantRecipe.Format;
import io.graphqlfiles.spi.media.VariantUrlSigner;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * URLs to an imgproxy server, which makes variants from the originals in the bucket; the library only signs them. The
 * server needs to read the bucket itself: its URLs name originals as {@code s3://bucket/key}, so that whoever has one
 * cannot read the original with it. Immutable and thread-safe.
 */
public final class ImgproxyUrls implements VariantUrlSigner {

    private final String baseUrl;
    private final byte[] key;
    private final byte[] salt;
    private final Map<String, String> sources;

    private ImgproxyUrls(Builder builder) {
        this.baseUrl = builder.baseUrl;
        this.key = builder.key;
        this.salt = builder.salt;
        this.sources = Map.copyOf(builder.sources);
    }

    /**
     * Starts with what the server is set up with.
     *
     * @param baseUrl of the server as clients reach it, without a slash at its end
     * @param key its {@code IMGPROXY_KEY}, hexadecimal
     * @param salt its {@code IMGPROXY_SALT}, hexadecimal
     * @throws IllegalArgumentException if one is not hexadecimal or empty, or the URL is not absolute
     */
    public static Builder newImgproxyUrls(URI baseUrl, String key, String salt) {
        return new Builder(baseUrl, key, salt);
    }

    @Override
    public boolean signs(String store, String mimeType, VariantRecipe recipe, Format format) {
        return sources.containsKey(store) && mimeType.startsWith("image/");
    }

    @Override
    public SignedUrl sign(BlobReference original, SignGetRequest times, VariantRecipe recipe, Format format) {
        StringBuilder path = new StringBuilder(200);
        path.append(recipe.fit() == VariantRecipe.Fit.COVER ? "/rs:fill:" : "/rs:fit:")
                .append(recipe.width() == null ? 0 : recipe.width())
                .append(':')
                .append(recipe.height() == null ? 0 : recipe.height())
                // Neither enlarged nor extended; nor is anything left of what the original says.
                .append(":0:0/sm:1");
        if (recipe.quality() != null) {
            path.append("/q:").append(recipe.quality());
        }
        boolean isPublic = times.visibility() == Visibility.PUBLIC;
        if (!isPublic) {
            path.append("/exp:").append(times.expiresAt().getEpochSecond());
        }
        String source = sources.get(original.store()) + original.key();
        path.append('/')
                .append(Base64.getUrlEncoder().withoutPadding().encodeToString(source.getBytes(StandardCharsets.UTF_8)))
                .append('.')
                .append(ServiceUrl.name(format));
        return new SignedUrl(baseUrl + "/" + signature(path.toString()) + path, isPublic ? null : times.expiresAt());
    }

    String signature(String path) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(salt);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(path.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every platform has HmacSHA256", e);
        }
    }

    /** Names no secret. */
    @Override
    public String toString() {
        return "ImgproxyUrls[" + baseUrl + "]";
    }

    /** Builds {@link ImgproxyUrls}. Not thread-safe. */
    public static final class Builder {

        private final String baseUrl;
        private final byte[] key;
        private final byte[] salt;
        private final Map<String, String> sources = new LinkedHashMap<>();

        private Builder(URI baseUrl, String key, String salt) {
            this.baseUrl = ServiceUrl.requireBase(baseUrl);
            this.key = secret("key", key);
            this.salt = secret("salt", salt);
        }

        private static byte[] secret(String name, String text) {
            if (text.isEmpty() || text.length() % 2 != 0 || !text.matches("[0-9a-fA-F]+")) {
                throw new IllegalArgumentException(name + ": expected hexadecimal digits, found something else");
            }
            return HexFormat.of().parseHex(text);
        }

        /**
         * A store whose originals the server can read.
         *
         * @param store name of the store, as given to the builder of the library; {@code default} for the one without
         * @param source what imgproxy reads it by, up to the key: {@code s3://bucket/}, {@code gs://bucket/prefix/}
         */
        public Builder source(String store, String source) {
            sources.put(requireNonNull(store, "store"), requireNonNull(source, "source"));
            return this;
        }

        /**
         * The signer as set.
         *
         * @throws IllegalStateException if no source was given
         */
        public ImgproxyUrls build() {
            if (sources.isEmpty()) {
                throw new IllegalStateException("source: expected at least one store, found none");
            }
            return new ImgproxyUrls(this);
        }
    }
}
