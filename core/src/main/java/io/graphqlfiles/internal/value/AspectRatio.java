package io.graphqlfiles.internal.value;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How wide a picture may be for its height: {@code 16:9}, or everything between two of them, {@code 4:5-16:9}. What is
 * off by less than a pixel is not off.
 */
public record AspectRatio(int leastWidth, int leastHeight, int mostWidth, int mostHeight) {

    private static final Pattern TEXT =
            Pattern.compile("([1-9]\\d{0,4}):([1-9]\\d{0,4})(?:-([1-9]\\d{0,4}):([1-9]\\d{0,4}))?");

    /**
     * Reads one, or two with a hyphen between them.
     *
     * @throws IllegalArgumentException if the text is none, or the first of two is the wider one
     */
    public static AspectRatio parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "expected width and height such as \"16:9\", or two such as \"4:5-16:9\", found \"" + text + "\"");
        }
        int width = Integer.parseInt(matcher.group(1));
        int height = Integer.parseInt(matcher.group(2));
        if (matcher.group(3) == null) {
            return new AspectRatio(width, height, width, height);
        }
        AspectRatio range =
                new AspectRatio(width, height, Integer.parseInt(matcher.group(3)), Integer.parseInt(matcher.group(4)));
        if ((long) range.leastWidth * range.mostHeight > (long) range.mostWidth * range.leastHeight) {
            throw new IllegalArgumentException("expected the narrower one first, found \"" + text + "\"");
        }
        return range;
    }

    /** Whether a picture of this size, in pixels, has such a ratio. */
    public boolean matches(int width, int height) {
        boolean byWidth = (width + 1L) * leastHeight > (long) leastWidth * height
                && (width - 1L) * mostHeight < (long) mostWidth * height;
        boolean byHeight = (long) width * leastHeight > leastWidth * (height - 1L)
                && (long) width * mostHeight < mostWidth * (height + 1L);
        return byWidth || byHeight;
    }
}
