package io.graphqlfiles.internal.mime;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which files a field takes, in the words of HTML's {@code accept} attribute (<a
 * href="https://html.spec.whatwg.org/#attr-input-accept">HTML, 4.10.5.1.17</a>): {@code image/*},
 * {@code application/pdf}, {@code .csv}, and {@code *}{@code /*} for all. Immutable.
 */
public final class AcceptPatterns {

    private static final AcceptPatterns ALL = new AcceptPatterns(List.of());
    private static final Pattern TYPE =
            Pattern.compile("[a-z0-9][a-z0-9!#$&^_.+-]{0,126}/(\\*|[a-z0-9][a-z0-9!#$&^_.+-]{0,126})");
    private static final Pattern EXTENSION = Pattern.compile("(\\.[\\p{L}\\p{N}_+~-]{1,32}){1,2}");

    private final List<String> patterns;

    private AcceptPatterns(List<String> patterns) {
        this.patterns = patterns;
    }

    /** Everything is accepted. */
    public static AcceptPatterns all() {
        return ALL;
    }

    /**
     * Reads patterns; upper and lower case are the same.
     *
     * @param patterns any number; none at all accept everything
     * @throws IllegalArgumentException if one is not a media type, a kind of media with a star, or an extension with a
     *     dot
     */
    public static AcceptPatterns parse(List<String> patterns) {
        return patterns.isEmpty()
                ? ALL
                : new AcceptPatterns(
                        patterns.stream().map(AcceptPatterns::parsed).distinct().toList());
    }

    private static String parsed(String pattern) {
        String lower = pattern.strip().toLowerCase(Locale.ROOT);
        if (lower.equals("*/*")
                || EXTENSION.matcher(lower).matches()
                || TYPE.matcher(lower).matches()) {
            return lower;
        }
        throw new IllegalArgumentException(
                "accept: expected a pattern such as \"image/*\", \"application/pdf\" or \".csv\", found \""
                        + (pattern.length() <= 80 ? pattern : pattern.substring(0, 80) + "...") + "\"");
    }

    /** The patterns in lower case and in order; empty if everything is accepted. */
    public List<String> patterns() {
        return patterns;
    }

    /**
     * Tells whether at least one pattern takes the file.
     *
     * @param type the file's type as {@link ContentTypes#agree} gave it
     * @param fileName the file's name, null if it has none. A pattern with an extension takes only names with that
     *     extension or another for the same type, and only content of the type that the extension stands for.
     */
    public boolean matches(String type, @Nullable String fileName) {
        return patterns.isEmpty() || patterns.stream().anyMatch(pattern -> matches(pattern, type, fileName));
    }

    private static boolean matches(String pattern, String type, @Nullable String fileName) {
        if (pattern.startsWith(".")) {
            return fileName != null && matchesExtension(pattern, type, fileName.toLowerCase(Locale.ROOT));
        }
        if (pattern.equals("*/*")) {
            return true;
        }
        if (pattern.endsWith("/*")) {
            return type.startsWith(pattern.substring(0, pattern.length() - 1));
        }
        return TikaTypes.preferred(pattern).equals(TikaTypes.preferred(type));
    }

    private static boolean matchesExtension(String pattern, String type, String fileName) {
        String expected = ContentTypes.ofExtension(pattern);
        if (expected == null) {
            // Nobody knows what such files hold, except that a browser must not run it.
            return fileName.endsWith(pattern) && !ContentTypes.isActive(type);
        }
        if (!fileName.endsWith(pattern) && !expected.equals(ContentTypes.ofExtension(FileNames.extension(fileName)))) {
            return false;
        }
        String agreed = ContentTypes.agree(expected, type);
        return agreed != null && (!ContentTypes.isActive(agreed) || ContentTypes.isActive(expected));
    }

    /** The patterns, joined by commas as in HTML. */
    @Override
    public String toString() {
        return patterns.isEmpty() ? "*/*" : String.join(", ", patterns);
    }
}
