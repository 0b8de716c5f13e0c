package io.graphqlfiles.spi.media;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * How a variant is made of an original: its size in pixels, and its format. A variant is never larger than its
 * original: neither is enlarged to fit. Metadata is left out, orientation applied, colours converted to sRGB.
 * Immutable.
 *
 * <pre>{@code
 * VariantRecipe.covering(200, 200).as(VariantRecipe.Format.WEBP)
 * VariantRecipe.ofWidth(1280)
 * }</pre>
 */
public final class VariantRecipe {

    /** The largest width and height. */
    public static final int MAX_SIDE = 10_000;

    /** Changes when the same recipe comes to mean something else, so that variants are made anew. */
    private static final String MEANING = "1";

    /** What becomes of a picture whose aspect ratio is another than that of the variant. */
    public enum Fit {
        /** All of it is shown: the variant is as large as fits into width and height. */
        CONTAIN,
        /** It fills width and height: what is too much is cut off on both sides alike. */
        COVER
    }

    /** What a variant is encoded as. */
    public enum Format {
        /** Without transparency: a white background. */
        JPEG("image/jpeg"),
        /** Without loss. */
        PNG("image/png"),
        /** With loss, and with transparency. */
        WEBP("image/webp"),
        /** With loss, and with transparency. */
        AVIF("image/avif");

        private final String mimeType;

        Format(String mimeType) {
            this.mimeType = mimeType;
        }

        /** Media type. */
        public String mimeType() {
            return mimeType;
        }
    }

    /**
     * The size of a variant in pixels.
     *
     * @param width 1 or more
     * @param height 1 or more
     */
    public record Size(int width, int height) {}

    private final @Nullable Integer width;
    private final @Nullable Integer height;
    private final Fit fit;
    private final @Nullable Format format;
    private final @Nullable Integer quality;
    /** Made once: each row of a list asks for it. */
    private final String digest;

    private VariantRecipe(
            @Nullable Integer width,
            @Nullable Integer height,
            Fit fit,
            @Nullable Format format,
            @Nullable Integer quality) {
        this.width = side("width", width);
        this.height = side("height", height);
        this.fit = fit;
        this.format = format;
        this.quality = quality;
        this.digest = digest(width, height, fit, format, quality);
    }

    private static String digest(
            @Nullable Integer width,
            @Nullable Integer height,
            Fit fit,
            @Nullable Format format,
            @Nullable Integer quality) {
        String text = String.join(
                "\n",
                MEANING,
                String.valueOf(width),
                String.valueOf(height),
                fit.name(),
                String.valueOf(format),
                String.valueOf(quality));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every platform has SHA-256", e);
        }
    }

    private static @Nullable Integer side(String name, @Nullable Integer value) {
        if (value != null && (value < 1 || value > MAX_SIDE)) {
            throw new IllegalArgumentException(name + ": expected 1 to " + MAX_SIDE + ", found " + value);
        }
        return value;
    }

    /**
     * As large as fits into width and height.
     *
     * @throws IllegalArgumentException if one is not 1 to {@value #MAX_SIDE}
     */
    public static VariantRecipe within(int width, int height) {
        return new VariantRecipe(width, height, Fit.CONTAIN, null, null);
    }

    /**
     * As large as fits into the width, however high.
     *
     * @throws IllegalArgumentException if it is not 1 to {@value #MAX_SIDE}
     */
    public static VariantRecipe ofWidth(int width) {
        return new VariantRecipe(width, null, Fit.CONTAIN, null, null);
    }

    /**
     * As large as fits into the height, however wide.
     *
     * @throws IllegalArgumentException if it is not 1 to {@value #MAX_SIDE}
     */
    public static VariantRecipe ofHeight(int height) {
        return new VariantRecipe(null, height, Fit.CONTAIN, null, null);
    }

    /**
     * Filling width and height, with the rest cut off on both sides alike.
     *
     * @throws IllegalArgumentException if one is not 1 to {@value #MAX_SIDE}
     */
    public static VariantRecipe covering(int width, int height) {
        return new VariantRecipe(width, height, Fit.COVER, null, null);
    }

    /** Encoded so. Default: as the original is where that is a format for the web, JPEG otherwise. */
    public VariantRecipe as(Format format) {
        return new VariantRecipe(width, height, fit, format, quality);
    }

    /**
     * With this quality, where the format has one. Default: what suits the format.
     *
     * @throws IllegalArgumentException if it is not 1 to 100
     */
    public VariantRecipe quality(int quality) {
        if (quality < 1 || quality > 100) {
            throw new IllegalArgumentException("quality: expected 1 to 100, found " + quality);
        }
        return new VariantRecipe(width, height, fit, format, quality);
    }

    /** In pixels; null if only the height is bounded. */
    public @Nullable Integer width() {
        return width;
    }

    /** In pixels; null if only the width is bounded. */
    public @Nullable Integer height() {
        return height;
    }

    /** What becomes of another aspect ratio. */
    public Fit fit() {
        return fit;
    }

    /** Null if it depends on the original. */
    public @Nullable Format format() {
        return format;
    }

    /** 1 to 100; null if the maker decides. */
    public @Nullable Integer quality() {
        return quality;
    }

    /**
     * The size of the variant of an original.
     *
     * @param originalWidth in pixels, as it is shown
     * @param originalHeight in pixels, as it is shown
     */
    public Size sizeOf(int originalWidth, int originalHeight) {
        double horizontal = width == null ? Double.MAX_VALUE : (double) width / originalWidth;
        double vertical = height == null ? Double.MAX_VALUE : (double) height / originalHeight;
        if (fit == Fit.COVER && width != null && height != null) {
            // The whole frame is made smaller if the original does not fill it.
            double shrink = Math.min(1, 1 / Math.max(horizontal, vertical));
            return new Size(
                    Math.min(originalWidth, scaled(width, shrink)), Math.min(originalHeight, scaled(height, shrink)));
        }
        double scale = Math.min(1, Math.min(horizontal, vertical));
        return new Size(scaled(originalWidth, scale), scaled(originalHeight, scale));
    }

    private static int scaled(int side, double scale) {
        return (int) Math.max(1, Math.round(side * scale));
    }

    /** What tells this recipe from every other: 32 hexadecimal digits. */
    public String digest() {
        return digest;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof VariantRecipe that && digest.equals(that.digest);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }

    @Override
    public String toString() {
        return "VariantRecipe[" + (width == null ? "any" : width) + " x " + (height == null ? "any" : height) + ", "
                + fit + (format == null ? "" : ", " + format) + (quality == null ? "" : ", quality " + quality) + "]";
    }
}
