package io.graphqlfiles;

import io.graphqlfiles.internal.value.AspectRatio;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a field asks of the size of pictures and films, as they are shown: width and height are exchanged where the
 * orientation says so. All limits are inclusive, and null where the field does not say. Immutable.
 */
public final class PictureRules {

    private static final PictureRules NONE = new PictureRules(null, null, null, null, null, null);

    private final @Nullable Long maxPixels;
    private final @Nullable Integer minWidth;
    private final @Nullable Integer maxWidth;
    private final @Nullable Integer minHeight;
    private final @Nullable Integer maxHeight;
    private final @Nullable String aspectRatio;
    private final @Nullable AspectRatio ratio;

    private PictureRules(
            @Nullable Long maxPixels,
            @Nullable Integer minWidth,
            @Nullable Integer maxWidth,
            @Nullable Integer minHeight,
            @Nullable Integer maxHeight,
            @Nullable String aspectRatio) {
        this.maxPixels = maxPixels;
        this.minWidth = minWidth;
        this.maxWidth = maxWidth;
        this.minHeight = minHeight;
        this.maxHeight = maxHeight;
        this.aspectRatio = aspectRatio;
        this.ratio = aspectRatio == null ? null : AspectRatio.parse(aspectRatio);
    }

    static PictureRules none() {
        return NONE;
    }

    PictureRules withMaxPixels(long most) {
        return new PictureRules(positive("maxPixels", most), minWidth, maxWidth, minHeight, maxHeight, aspectRatio);
    }

    PictureRules withMinWidth(int least) {
        return new PictureRules(maxPixels, positive("minWidth", least), maxWidth, minHeight, maxHeight, aspectRatio);
    }

    PictureRules withMaxWidth(int most) {
        return new PictureRules(maxPixels, minWidth, positive("maxWidth", most), minHeight, maxHeight, aspectRatio);
    }

    PictureRules withMinHeight(int least) {
        return new PictureRules(maxPixels, minWidth, maxWidth, positive("minHeight", least), maxHeight, aspectRatio);
    }

    PictureRules withMaxHeight(int most) {
        return new PictureRules(maxPixels, minWidth, maxWidth, minHeight, positive("maxHeight", most), aspectRatio);
    }

    PictureRules withAspectRatio(String wanted) {
        return new PictureRules(maxPixels, minWidth, maxWidth, minHeight, maxHeight, wanted);
    }

    private static <N extends Number> N positive(String name, N value) {
        if (value.longValue() < 1) {
            throw new IllegalArgumentException(name + ": expected 1 or more, found " + value);
        }
        return value;
    }

    /** The most pixels, width times height. */
    public @Nullable Long maxPixels() {
        return maxPixels;
    }

    /** The smallest width in pixels. */
    public @Nullable Integer minWidth() {
        return minWidth;
    }

    /** The largest width in pixels. */
    public @Nullable Integer maxWidth() {
        return maxWidth;
    }

    /** The smallest height in pixels. */
    public @Nullable Integer minHeight() {
        return minHeight;
    }

    /** The largest height in pixels. */
    public @Nullable Integer maxHeight() {
        return maxHeight;
    }

    /** Width and height such as {@code 16:9}, or the narrowest and the widest, {@code 4:5-16:9}. */
    public @Nullable String aspectRatio() {
        return aspectRatio;
    }

    /** Whether there is no rule. */
    public boolean isEmpty() {
        return equals(NONE);
    }

    /**
     * Whether a picture of this size has the {@link #aspectRatio()}; what is off by less than a pixel is not off. True
     * without the rule.
     */
    public boolean hasAspectRatio(int width, int height) {
        return ratio == null || ratio.matches(width, height);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PictureRules that
                && Objects.equals(maxPixels, that.maxPixels)
                && Objects.equals(minWidth, that.minWidth)
                && Objects.equals(maxWidth, that.maxWidth)
                && Objects.equals(minHeight, that.minHeight)
                && Objects.equals(maxHeight, that.maxHeight)
                && Objects.equals(aspectRatio, that.aspectRatio);
    }

    @Override
    public int hashCode() {
        return Objects.hash(maxPixels, minWidth, maxWidth, minHeight, maxHeight, aspectRatio);
    }

    @Override
    public String toString() {
        return "PictureRules[maxPixels " + maxPixels + ", width " + minWidth + " to " + maxWidth + ", height "
                + minHeight + " to " + maxHeight + ", aspectRatio " + aspectRatio + "]";
    }
}
