package io.graphqlfiles.pictures;

import static java.util.Objects.requireNonNull;

import io.graphqlfiles.spi.BlobReference;
import io.graphqlfiles.spi.SignGetRequest;
import io.graphqlfiles.spi.SignedUrl;
import io.graphqlfiles.spi.Visibility;
import io.graphqlfiles.spi.media.VariantRecipe;
import io.graphqlfiles.spi.media.VariantRecipe.Fit;
import io.graphqlfiles.spi.media.VariantRecipe.Format;
import io.graphqlfiles.spi.media.VariantUrlSigner;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * URLs to imgix, a CDN that makes variants from the originals in the bucket; the library only signs them. Each store
 * needs a Source at imgix that reads its bucket, <em>with Secure URLs switched on</em>: without that, everybody could
 * read the original by leaving out the parameters. Immutable and thread-safe.
 *
 * <p>Source: imgix, "Securing Assets" and the rendering parameters {@code fit}, {@code fm}, {@code q}, {@code cs},
 * {@code iptc} and {@code expires}.
 */
public final class ImgixUrls implements VariantUrlSigner {

    private record Source(String baseUrl, String path, String token) {}

    private final Map<String, Source> sources;

    private ImgixUrls(Builder builder) {
        this.sources = Map.copyOf(builder.sources);
    }

    /** Starts without sources. */
    public static Builder newImgixUrls() {
        return new Builder();
    }

    @Override
    public boolean signs(String store, String mimeType, VariantRecipe recipe, Format format) {
        return sources.containsKey(store) && mimeType.startsWith("image/");
    }

    @Override
    public SignedUrl sign(BlobReference original, SignGetRequest times, VariantRecipe recipe, Format format) {
        Source source = sources.get(original.store());
        if (source == null) {
            throw new IllegalArgumentException("original: expected one in " + sources.keySet() + ", found " + original);
        }
        Instant expiresAt = times.visibility() == Visibility.PUBLIC ? null : times.expiresAt();
        StringBuilder target = new StringBuilder(200).append('/').append(original.key());
        // Neither is enlarged; colours are converted, and no account's setting lets through what the original says.
        target.append(recipe.fit() == Fit.COVER ? "?fit=min" : "?fit=max").append("&cs=srgb&iptc=block");
        if (recipe.width() != null) {
            target.append("&w=").append(recipe.width());
        }
        if (recipe.height() != null) {
            target.append("&h=").append(recipe.height());
        }
        target.append("&fm=").append(ServiceUrl.name(format));
        if (recipe.quality() != null) {
            target.append("&q=").append(recipe.quality());
        }
        if (expiresAt != null) {
            target.append("&expires=").append(expiresAt.getEpochSecond());
        }
        String signature = signature(source.token(), source.path() + target);
        return new SignedUrl(source.baseUrl() + target + "&s=" + signature, expiresAt);
    }

    /** MD5 is what imgix asks for. */
    static String signature(String token, String pathAndQuery) {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            return HexFormat.of().formatHex(digest.digest((token + pathAndQuery).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every platform has MD5", e);
        }
    }

    /** Names no secret. */
    @Override
    public String toString() {
        return "ImgixUrls" + sources.keySet();
    }

    /** Builds {@link ImgixUrls}. Not thread-safe. */
    public static final class Builder {

        private final Map<String, Source> sources = new LinkedHashMap<>();

        private Builder() {}

        /**
         * A store whose originals imgix reads.
         *
         * @param store name of the store, as given to the builder of the library; {@code default} for the one without
         * @param baseUrl of the Source, such as {@code https://shop.imgix.net}, without a slash at its end; with the
         *     store's key prefix, if it has one that the Source does not add
         * @param token secure URL token of the Source
         * @throws IllegalArgumentException if the URL is not absolute, has a query, or ends in a slash, or if the token
         *     is empty
         */
        public Builder source(String store, URI baseUrl, String token) {
            requireNonNull(store, "store");
            String base = ServiceUrl.requireBase(baseUrl);
            if (token.isEmpty()) {
                throw new IllegalArgumentException("token: expected the secure URL token of the Source, found none");
            }
            sources.put(store, new Source(base, baseUrl.getRawPath(), token));
            return this;
        }

        /**
         * The signer as set.
         *
         * @throws IllegalStateException if no source was given
         */
        public ImgixUrls build() {
            if (sources.isEmpty()) {
                throw new IllegalStateException("source: expected at least one store, found none");
            }
            return new ImgixUrls(this);
        }
    }
}
