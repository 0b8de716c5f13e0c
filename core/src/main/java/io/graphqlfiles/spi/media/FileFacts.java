package io.graphqlfiles.spi.media;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a picture, film or document in addition to its name, type and length. Each fact is null where it is
 * not known. Immutable; the {@code with} methods give changed copies.
 */
public final class FileFacts {

    /** The longest placeholder, in characters: facts are kept in a column with the file. */
    public static final int MAX_PLACEHOLDER_LENGTH = 1024;

    private static final FileFacts NONE = new FileFacts(null, null, null, null, null);

    private final @Nullable Integer width;
    private final @Nullable Integer height;
    private final @Nullable Duration duration;
    private final @Nullable Integer pages;
    private final @Nullable String placeholder;

    private FileFacts(
            @Nullable Integer width,
            @Nullable Integer height,
            @Nullable Duration duration,
            @Nullable Integer pages,
            @Nullable String placeholder) {
        this.width = width;
        this.height = height;
        this.duration = duration;
        this.pages = pages;
        this.placeholder = placeholder;
    }

    /** Nothing is known. */
    public static FileFacts none() {
        return NONE;
    }

    /**
     * With the size in pixels, as it is shown: width and height are exchanged where the orientation says so.
     *
     * @throws IllegalArgumentException if one is below 1
     */
    public FileFacts withSize(int width, int height) {
        return new FileFacts(
                requirePositive("width", width), requirePositive("height", height), duration, pages, placeholder);
    }

    /**
     * With the playing time; kept to the millisecond.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public FileFacts withDuration(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("duration: expected zero or more, found " + duration);
        }
        return new FileFacts(width, height, Duration.ofMillis(duration.toMillis()), pages, placeholder);
    }

    /**
     * With the number of pages.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public FileFacts withPages(int pages) {
        return new FileFacts(width, height, duration, requirePositive("pages", pages), placeholder);
    }

    /**
     * With something small to show while the file loads: a {@code data:} URL.
     *
     * @throws IllegalArgumentException if it is longer than {@value #MAX_PLACEHOLDER_LENGTH} characters
     */
    public FileFacts withPlaceholder(String placeholder) {
        if (requireNonNull(placeholder, "placeholder").length() > MAX_PLACEHOLDER_LENGTH) {
            throw new IllegalArgumentException("placeholder: expected at most " + MAX_PLACEHOLDER_LENGTH
                    + " characters, found " + placeholder.length());
        }
        return new FileFacts(width, height, duration, pages, placeholder);
    }

    private static int requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": expected 1 or more, found " + value);
        }
        return value;
    }

    /** In pixels, as it is shown; null if not known. Known together with the height. */
    public @Nullable Integer width() {
        return width;
    }

    /** In pixels, as it is shown; null if not known. */
    public @Nullable Integer height() {
        return height;
    }

    /** Playing time; null if not known. */
    public @Nullable Duration duration() {
        return duration;
    }

    /** Number of pages; null if not known. */
    public @Nullable Integer pages() {
        return pages;
    }

    /** A {@code data:} URL of a tiny picture to show meanwhile; null if there is none. */
    public @Nullable String placeholder() {
        return placeholder;
    }

    /** Whether nothing is known. */
    public boolean isEmpty() {
        return equals(NONE);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FileFacts that
                && Objects.equals(width, that.width)
                && Objects.equals(height, that.height)
                && Objects.equals(duration, that.duration)
                && Objects.equals(pages, that.pages)
                && Objects.equals(placeholder, that.placeholder);
    }

    @Override
    public int hashCode() {
        return Objects.hash(width, height, duration, pages);
    }

    @Override
    public String toString() {
        return "FileFacts[" + width + " x " + height + ", " + duration + ", pages " + pages
                + (placeholder == null ? "" : ", placeholder") + "]";
    }
}
