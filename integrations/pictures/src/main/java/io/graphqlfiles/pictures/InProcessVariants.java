package io.graphqlfiles.pictures;

import io.graphqlfiles.spi.media.StoredContent;
import io.graphqlfiles.spi.media.VariantMaker;
import io.graphqlfiles.spi.media.VariantRecipe;
import io.graphqlfiles.spi.media.VariantRecipe.Format;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * Makes variants in this process, by ImageIO with the decoders of TwelveMonkeys, and Thumbnailator: of JPEG, PNG, GIF,
 * WebP and BMP, as JPEG and PNG, and as WebP and AVIF where the application has added an encoder for them to ImageIO.
 * Of animations it takes the first picture.
 *
 * <p><b>Memory.</b> Each job holds the file, and of most JPEG and PNG little more than what the variant needs; of WebP,
 * GIF, and interlaced or progressive pictures up to 4 bytes for each pixel: 200 MB with the default of 50 million. Jobs
 * are as many at once as {@link io.graphqlfiles.VariantOptions#atOnce()} says.
 *
 * <p><b>Trust.</b> A decoder in Java that is led astray costs a thread until its time is over; it is asked at each read
 * of the file. What it does between two reads goes on: the last steps of a large lossless WebP take some seconds.
 * Refused are more than 262144 pixels a side, JPEG of more than 100 scans and BMP that hold another picture. Whoever
 * wants it in another process takes {@link CommandVariants}. AWT is used without a display; no property need be set.
 * Immutable and thread-safe.
 */
public final class InProcessVariants implements VariantMaker {

    static final int DEFAULT_MAX_BYTES = 64 << 20;

    private final long maxPixels;
    private final int maxByteSize;
    private final Set<Format> formats = EnumSet.noneOf(Format.class);

    private InProcessVariants(Builder builder) {
        this.maxPixels = builder.maxPixels;
        this.maxByteSize = builder.maxByteSize;
        for (Format format : Format.values()) {
            if (Encoders.exists(format)) {
                formats.add(format);
            }
        }
    }

    /** With the defaults. */
    public static InProcessVariants create() {
        return newInProcessVariants().build();
    }

    /** Starts with the defaults. */
    public static Builder newInProcessVariants() {
        return new Builder();
    }

    @Override
    public boolean makes(String mimeType, VariantRecipe recipe, Format format) {
        return Decoders.TYPES.contains(mimeType) && formats.contains(format);
    }

    @Override
    public InputStream make(StoredContent original, VariantRecipe recipe, Format format, Duration limit)
            throws IOException {
        long end = System.nanoTime() + limit.toNanos();
        BufferedImage scaled = Originals.scaled(
                original,
                recipe,
                maxPixels,
                maxByteSize,
                () -> System.nanoTime() - end > 0 || Thread.currentThread().isInterrupted());
        return new ByteArrayInputStream(Encoders.encode(scaled, format, recipe.quality()));
    }

    @Override
    public String toString() {
        return "InProcessVariants" + formats;
    }

    /** Builds {@link InProcessVariants}. Not thread-safe. */
    public static final class Builder {

        private long maxPixels = Decoders.DEFAULT_MAX_PIXELS;
        private int maxByteSize = DEFAULT_MAX_BYTES;

        private Builder() {}

        /**
         * The most pixels of a picture, width times height, that is decoded. Default 50 million.
         *
         * @throws IllegalArgumentException if it is below 1
         */
        public Builder maxPixels(long maxPixels) {
            this.maxPixels = Decoders.requirePixels(maxPixels);
            return this;
        }

        /**
         * The largest file in bytes that is read; it is held in memory. Default 64 MiB.
         *
         * @throws IllegalArgumentException if it is below 1
         */
        public Builder maxByteSize(int maxByteSize) {
            if (maxByteSize < 1) {
                throw new IllegalArgumentException("maxByteSize: expected 1 or more, found " + maxByteSize);
            }
            this.maxByteSize = maxByteSize;
            return this;
        }

        /** The maker as set. */
        public InProcessVariants build() {
            return new InProcessVariants(this);
        }
    }
}
