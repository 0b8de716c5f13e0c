package io.graphqlfiles.internal.value;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of pixels as people write it: {@code 50MP} is fifty million. */
public final class PixelCount {

    private static final Pattern TEXT = Pattern.compile("\\s*(\\d{1,12})\\s*(MP)?\\s*");

    private PixelCount() {}

    /**
     * Reads a whole number, with MP or without.
     *
     * @throws IllegalArgumentException if the text is anything else, or less than 1
     */
    public static long parse(String text) {
        Matcher matcher = TEXT.matcher(text.toUpperCase(Locale.ROOT));
        long number = matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
        if (number < 1) {
            throw new IllegalArgumentException(
                    "expected a number of pixels such as \"50MP\" or \"480000\", found \"" + text + "\"");
        }
        return matcher.group(2) == null ? number : number * 1_000_000;
    }
}
