package io.graphqlfiles.internal.variant;

import io.graphqlfiles.spi.media.VariantMaker;
import io.graphqlfiles.spi.media.VariantRecipe;
import io.graphqlfiles.spi.media.VariantRecipe.Format;
import io.graphqlfiles.spi.media.VariantUrlSigner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who makes which variants, and as what: the first that can, of the formats that suit the original. */
public final class VariantChoice {

    private final List<VariantMaker> makers;
    private final @Nullable VariantUrlSigner signer;

    /** @param signer null without a service */
    public VariantChoice(List<VariantMaker> makers, @Nullable VariantUrlSigner signer) {
        this.makers = List.copyOf(makers);
        this.signer = signer;
    }

    public boolean hasMakers() {
        return !makers.isEmpty();
    }

    public @Nullable VariantUrlSigner signer() {
        return signer;
    }

    /**
     * Who makes a variant.
     *
     * @param maker null if a service does
     */
    public record Chosen(Format format, @Nullable VariantMaker maker) {}

    /** Null if nobody makes such a variant of such files. */
    @Nullable
    Chosen of(String store, String mimeType, VariantRecipe recipe) {
        List<Format> formats = recipe.format() != null ? List.of(recipe.format()) : formats(mimeType);
        for (Format format : formats) {
            if (signer != null && signer.signs(store, mimeType, recipe, format)) {
                return new Chosen(format, null);
            }
            VariantMaker maker = maker(mimeType, recipe, format);
            if (maker != null) {
                return new Chosen(format, maker);
            }
        }
        return null;
    }

    /** Who makes it here, whether there is a service or not; null for nobody. */
    @Nullable
    Chosen ofMakers(String mimeType, VariantRecipe recipe) {
        for (Format format : recipe.format() != null ? List.of(recipe.format()) : formats(mimeType)) {
            VariantMaker maker = maker(mimeType, recipe, format);
            if (maker != null) {
                return new Chosen(format, maker);
            }
        }
        return null;
    }

    private @Nullable VariantMaker maker(String mimeType, VariantRecipe recipe, Format format) {
        for (VariantMaker maker : makers) {
            if (maker.makes(mimeType, recipe, format)) {
                return maker;
            }
        }
        return null;
    }

    private static List<Format> formats(String mimeType) {
        return switch (mimeType) {
            case "image/png", "image/apng", "image/gif", "image/svg+xml" -> List.of(Format.PNG);
            case "image/webp" -> List.of(Format.WEBP, Format.PNG);
            case "image/avif" -> List.of(Format.AVIF, Format.JPEG);
            default -> List.of(Format.JPEG);
        };
    }
}
