package io.graphqlfiles.spi;

/**
 * The form that every key has. Requests check theirs; stores check keys that come as text, before anything else. See
 * {@link BlobStore}.
 */
public final class BlobKeys {

    private static final int MAX_SEGMENTS = 6;
    private static final int MAX_SEGMENT_LENGTH = 64;

    private BlobKeys() {}

    /**
     * Passes on a well-formed key.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static String requireValid(String key) {
        if (!isValid(key)) {
            throw new IllegalArgumentException(
                    "key: expected 1 to 6 segments of [A-Za-z0-9_-] joined by '/', found " + quoted(key));
        }
        return key;
    }

    /**
     * Passes on a well-formed prefix for a listing: empty, or whole segments that end in {@code /}.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static String requireValidPrefix(String prefix) {
        boolean valid = prefix.isEmpty()
                || (prefix.endsWith("/") && hasSegments(prefix, prefix.length() - 1, MAX_SEGMENTS - 1));
        if (!valid) {
            throw new IllegalArgumentException(
                    "prefix: expected whole segments of [A-Za-z0-9_-] that end in '/', found " + quoted(prefix));
        }
        return prefix;
    }

    /** Returns whether a key is well formed. */
    public static boolean isValid(String key) {
        return hasSegments(key, key.length(), MAX_SEGMENTS);
    }

    /** By hand, as every URL of a list asks: a regular expression takes as long as half a signature. */
    private static boolean hasSegments(String text, int end, int maxSegments) {
        int segments = 1;
        int length = 0;
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c == '/') {
                if (length == 0) {
                    return false;
                }
                segments++;
                length = 0;
            } else if (isLetterOrDigit(c) || c == '_' || (c == '-' && length > 0)) {
                length++;
                if (length > MAX_SEGMENT_LENGTH) {
                    return false;
                }
            } else {
                return false;
            }
        }
        return length > 0 && segments <= maxSegments;
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static String quoted(String text) {
        String shortened = text.length() <= 80 ? text : text.substring(0, 80) + "...";
        StringBuilder quoted = new StringBuilder("\"");
        // The text may come from an attacker and end in a log: no line breaks, no terminal sequences.
        shortened.codePoints().forEach(c -> quoted.append(c < 0x20 || c > 0x7e ? "?" : Character.toString(c)));
        return quoted.append('"').toString();
    }
}
