package io.graphqlfiles.spi;

import java.util.regex.Pattern;

/** The form that every key has. Stores call this before anything else; see {@link BlobStore}. */
public final class BlobKeys {

    private static final String SEGMENT = "[A-Za-z0-9_][A-Za-z0-9_-]{0,63}";
    private static final Pattern KEY = Pattern.compile(SEGMENT + "(?:/" + SEGMENT + "){0,4}");
    private static final Pattern PREFIX = Pattern.compile("(?:" + SEGMENT + "/){0,4}");

    private BlobKeys() {}

    /**
     * Passes on a well-formed key.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static String requireValid(String key) {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException(
                    "key: expected 1 to 5 segments of [A-Za-z0-9_-] joined by '/', found " + quoted(key));
        }
        return key;
    }

    /**
     * Passes on a well-formed prefix for a listing: empty, or whole segments that end in {@code /}.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static String requireValidPrefix(String prefix) {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "prefix: expected whole segments of [A-Za-z0-9_-] that end in '/', found " + quoted(prefix));
        }
        return prefix;
    }

    /** Tells whether a key is well formed. */
    public static boolean isValid(String key) {
        return KEY.matcher(key).matches();
    }

    private static String quoted(String text) {
        String shortened = text.length() <= 80 ? text : text.substring(0, 80) + "...";
        StringBuilder quoted = new StringBuilder("\"");
        // The text may come from an attacker and end in a log: no line breaks, no terminal sequences.
        shortened.codePoints().forEach(c -> quoted.append(c < 0x20 || c > 0x7e ? "?" : Character.toString(c)));
        return quoted.append('"').toString();
    }
}
