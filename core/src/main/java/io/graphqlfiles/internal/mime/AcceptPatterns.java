package io.graphqlfiles.internal.mime;

import java.util.List;
import java.util.Locale;
import java.util.Set;
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

    /** Everything and nothing is one of these: special forms of them have to be asked for. */
    private static final Set<String> GENERAL =
            Set.of(TikaTypes.OCTET_STREAM, TikaTypes.PLAIN_TEXT, ZipContent.ZIP, OleContent.TYPE);

    private static final Set<String> FILM_CONTAINERS =
            Set.of("application/mp4", "application/ogg", "application/vnd.apple.mpegurl", "application/x-matroska");

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
     * Returns whether at least one pattern takes the file.
     *
     * @param type the file's type as {@link ContentTypes#find} gave it
     * @param fileName the file's name, null if it has none. A pattern with an extension takes only names with that
     *     extension or another for the same type, and only content of the type that the extension stands for.
     */
    public boolean matches(String type, @Nullable String fileName) {
        return patterns.isEmpty() || patterns.stream().anyMatch(pattern -> matches(pattern, type, fileName));
    }

    private static boolean matches(String pattern, String type, @Nullable String fileName) {
        if (pattern.startsWith(".")) {
            return fileName != null && matchesExtension(pattern, type, fileName);
        }
        if (pattern.equals("*/*")) {
            return true;
        }
        if (pattern.endsWith("/*")) {
            return ContentTypes.kind(type).equals(ContentTypes.kind(pattern));
        }
        return isOf(TikaTypes.preferred(pattern), type);
    }

    /** Whoever takes TIFF takes a raw photograph that is one; whoever takes archives does not take documents. */
    private static boolean isOf(String pattern, String type) {
        if (pattern.equals(type)) {
            return true;
        }
        String kind = ContentTypes.kind(pattern);
        return !GENERAL.contains(pattern)
                && !ContentTypes.isActive(type)
                && (kind.equals("application") || kind.equals(ContentTypes.kind(type)))
                && TikaTypes.isSpecialForm(type, pattern);
    }

    private static boolean matchesExtension(String pattern, String type, String fileName) {
        if (!matchesName(pattern, fileName)) {
            return false;
        }
        String expected = ContentTypes.ofExtension(pattern);
        if (expected == null) {
            // Nobody knows what such files hold, except that a browser must not run it.
            return !ContentTypes.isActive(type);
        }
        if (expected.equals(type)) {
            return true;
        }
        if (ContentTypes.isActive(type)) {
            return ContentTypes.isActive(expected) && TikaTypes.isSpecialForm(type, expected);
        }
        return TikaTypes.isSpecialForm(type, expected)
                || Refinement.mayContain(expected, type)
                || Refinement.mayContain(type, expected)
                || (type.equals(TikaTypes.PLAIN_TEXT) && Refinement.isText(expected))
                || (type.equals(TikaTypes.OCTET_STREAM) && Refinement.isUnrecognisable(expected));
    }

    private static boolean matchesName(String pattern, String fileName) {
        if (fileName.toLowerCase(Locale.ROOT).endsWith(pattern)) {
            return true;
        }
        String expected = ContentTypes.ofExtension(pattern);
        return expected != null && expected.equals(ContentTypes.ofExtension(FileNames.extension(fileName)));
    }

    /**
     * Returns whether a file that is nothing yet but a name and a claim may turn out to be one that is taken. Browsers
     * guess the claim from the name's extension, and are often wrong about which kind of document or of film it is. So
     * only what both name and claim say counts, and only that it is a picture where a film is wanted, and the like.
     *
     * @param claimed the claimed type as it came; null for none
     */
    public boolean mayMatch(@Nullable String claimed, String fileName) {
        if (patterns.isEmpty()) {
            return true;
        }
        String claim = claimed == null ? null : ContentTypes.claim(claimed);
        String named = ContentTypes.ofExtension(FileNames.extension(fileName));
        return patterns.stream().anyMatch(pattern -> mayMatch(pattern, claim, named, fileName));
    }

    private static boolean mayMatch(String pattern, @Nullable String claim, @Nullable String named, String fileName) {
        if (pattern.startsWith(".")) {
            return matchesName(pattern, fileName);
        }
        Realm realm = Realm.of(pattern);
        return pattern.equals("*/*")
                || claim == null
                || named == null
                || realm == Realm.of(claim)
                || realm == Realm.of(named);
    }

    /** What nobody takes for something else, however wrong the guess. */
    private enum Realm {
        PICTURES,
        FILMS,
        DOCUMENTS;

        static Realm of(String type) {
            return switch (ContentTypes.kind(type)) {
                case "image" -> PICTURES;
                case "audio", "video" -> FILMS;
                default ->
                    TikaTypes.isSpecialForm(type, "application/quicktime") || FILM_CONTAINERS.contains(type)
                            ? FILMS
                            : DOCUMENTS;
            };
        }
    }

    /** The patterns, joined by commas as in HTML. */
    @Override
    public String toString() {
        return patterns.isEmpty() ? "*/*" : String.join(", ", patterns);
    }
}
