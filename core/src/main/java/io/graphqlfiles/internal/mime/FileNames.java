package io.graphqlfiles.internal.mime;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes of a name that a client gave one that every file system takes and that shows what it is. */
public final class FileNames {

    /** The longest name that comes out, in bytes of UTF-8. */
    public static final int MAX_BYTES = 255;

    /** The longest name that is looked at, in characters. */
    public static final int MAX_INPUT_LENGTH = 8192;

    private static final int MAX_EXTENSION_LENGTH = 32;
    private static final int MAX_COMPOSED_LENGTH = 1024;
    private static final char ZERO_WIDTH_JOINER = '\u200d';

    /**
     * Control characters; format characters, among them those that turn the direction of text so that "exe" reads
     * "txt"; halves of pairs.
     */
    private static final Pattern INVISIBLE =
            Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\x{FFFE}\\x{FFFF}]|[\\p{Cf}&&[^\\x{200D}]]");

    private static final Pattern RESERVED_CHARACTERS = Pattern.compile("[<>:\"|?*]");
    private static final Pattern RESERVED_NAMES =
            Pattern.compile("(?i)(con|prn|aux|nul|conin\\$|conout\\$|(com|lpt)[0-9\u00b9\u00b2\u00b3])\\s*(\\..*)?");

    private static final Pattern NUMBER = Pattern.compile("\\.[0-9]+");

    /** Of programs that answer with files, where the database has none. */
    private static final Set<String> PAGES =
            Set.of(".action", ".ashx", ".axd", ".cfm", ".cgi", ".fcgi", ".jspx", ".php5", ".php7", ".phtml", ".svc");

    /** Where the database has none, or begins with one that hardly anybody uses. */
    private static final Map<String, String> EXTENSIONS = Map.ofEntries(
            Map.entry("application/vnd.microsoft.portable-executable", ".exe"),
            Map.entry("application/vnd.sqlite3", ".sqlite"),
            Map.entry("audio/3gpp", ".3gp"),
            Map.entry("audio/3gpp2", ".3g2"),
            Map.entry("audio/mp4", ".m4a"),
            Map.entry("audio/mpeg", ".mp3"),
            Map.entry("audio/ogg", ".ogg"),
            Map.entry("audio/webm", ".webm"),
            Map.entry("image/heic-sequence", ".heic"),
            Map.entry("image/heif-sequence", ".heif"),
            Map.entry("video/mp2t", ".ts"),
            Map.entry("video/quicktime", ".mov"));

    private FileNames() {}

    /**
     * Cleans a name: only what follows the last {@code /} or {@code \} that does not end it is kept, composed (NFC),
     * without invisible characters and without dots and blanks at either end; characters that some file systems forbid
     * become {@code _}, names that Windows reserves get one in front, and what is too long is cut before its extension.
     *
     * @return the name; null if nothing is left of it or it is longer than {@link #MAX_INPUT_LENGTH}
     */
    public static @Nullable String clean(String name) {
        if (name.length() > MAX_INPUT_LENGTH) {
            return null;
        }
        String visible =
                INVISIBLE.matcher(withoutMuchOfTheMiddle(lastSegment(name))).replaceAll("");
        String composed = Normalizer.normalize(visible, Normalizer.Form.NFC);
        String trimmed =
                withoutDotsAtTheEnds(RESERVED_CHARACTERS.matcher(composed).replaceAll("_"));
        if (trimmed.isEmpty()) {
            return null;
        }
        return shortened(RESERVED_NAMES.matcher(trimmed).matches() ? "_" + trimmed : trimmed);
    }

    /** A name for a file of the type for which the client gave none, for example {@code file.png}. */
    public static String defaultName(String type) {
        return "file" + usualExtension(type);
    }

    /**
     * The name with an extension that suits the type, for names that nobody gave but were guessed from an address:
     * {@code photo.php} of a picture becomes {@code photo.png}, and so does {@code photo}. An extension that stands for
     * nothing known, for the same type or for a form of it stays.
     *
     * @param name a clean one
     */
    public static String fitting(String name, String type) {
        String usual = usualExtension(type);
        String extension = extension(name).toLowerCase(Locale.ROOT);
        if (usual.isEmpty() || type.equals(TikaTypes.OCTET_STREAM)) {
            return name;
        }
        if (extension.isEmpty() || NUMBER.matcher(extension).matches()) {
            return shortened(name + usual);
        }
        return suits(extension, type) ? name : shortened(name.substring(0, name.length() - extension.length()) + usual);
    }

    private static boolean suits(String extension, String type) {
        String named = ContentTypes.ofExtension(extension);
        if (named == null) {
            return !PAGES.contains(extension);
        }
        return named.equals(type)
                || TikaTypes.isSpecialForm(named, type)
                || TikaTypes.isSpecialForm(type, named)
                || Refinement.mayContain(named, type)
                || Refinement.mayContain(type, named);
    }

    private static String usualExtension(String type) {
        String extension = EXTENSIONS.get(type);
        return extension != null ? extension : TikaTypes.extension(type);
    }

    /**
     * What follows the last dot, with the dot; empty if there is no dot, nothing behind it or too much to be an
     * extension.
     */
    static String extension(String name) {
        int dot = name.lastIndexOf('.');
        int length = name.length() - dot;
        return dot < 0 || length < 2 || length > MAX_EXTENSION_LENGTH ? "" : name.substring(dot);
    }

    /** Without separators at the end: a name that ends in a backslash is one all the same. */
    private static String lastSegment(String name) {
        int end = name.length();
        while (end > 0 && isSeparator(name.charAt(end - 1))) {
            end--;
        }
        int start = end;
        while (start > 0 && !isSeparator(name.charAt(start - 1))) {
            start--;
        }
        return name.substring(start, end);
    }

    private static boolean isSeparator(char c) {
        return c == '/' || c == '\\';
    }

    /** Composing takes time by the square of the length, and most of such a name is cut off in the end. */
    private static String withoutMuchOfTheMiddle(String name) {
        if (name.length() <= MAX_COMPOSED_LENGTH) {
            return name;
        }
        String extension = extension(name);
        return name.substring(0, MAX_COMPOSED_LENGTH - extension.length()) + extension;
    }

    private static String shortened(String name) {
        if (bytes(name) <= MAX_BYTES) {
            return name;
        }
        String extension = extension(name);
        int room = MAX_BYTES - bytes(extension);
        StringBuilder stem = new StringBuilder();
        int used = 0;
        for (int i = 0; i < name.length() - extension.length(); ) {
            String character = Character.toString(name.codePointAt(i));
            used += bytes(character);
            if (used > room) {
                break;
            }
            stem.append(character);
            i += character.length();
        }
        return withoutDotsAtTheEnds(stem.toString()) + extension;
    }

    /** By hand: a regular expression looks at a row of dots once for each of them. */
    private static String withoutDotsAtTheEnds(String name) {
        int start = 0;
        int end = name.length();
        while (start < end && isDotOrBlank(name.charAt(start))) {
            start++;
        }
        while (start < end && (isDotOrBlank(name.charAt(end - 1)) || name.charAt(end - 1) == ZERO_WIDTH_JOINER)) {
            end--;
        }
        return name.substring(start, end);
    }

    private static boolean isDotOrBlank(char c) {
        return c == '.' || Character.isSpaceChar(c) || Character.isWhitespace(c);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
