package io.graphqlfiles.internal.mime;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Media types of files: found in their content, made more precise by what a client claims. All types that come out are
 * lower case, without parameters, and under their usual name ({@code audio/wav}, not {@code audio/vnd.wave}).
 * Thread-safe.
 */
public final class ContentTypes {

    /** How many of a file's first bytes {@link #find} looks at, at most. */
    public static final int PREFIX_LENGTH = 65_536;

    private static final String TOKEN = "[!#$%&'+.^_`|~0-9A-Za-z-]{1,127}";
    private static final Pattern TYPE = Pattern.compile(TOKEN + "/" + TOKEN);

    /** What servers and programs say that know no type. */
    private static final Set<String> UNKNOWN = Set.of(
            TikaTypes.OCTET_STREAM,
            "application/binary",
            "application/download",
            "application/force-download",
            "application/save",
            "application/unknown",
            "application/x-binary",
            "application/x-download",
            "application/x-force-download",
            "application/x-octet-stream",
            "application/x-unknown",
            "application/x-www-form-urlencoded",
            "binary/octet-stream",
            "multipart/form-data");

    private ContentTypes() {}

    /**
     * Reads the value of a {@code Content-Type} header (RFC 9110, section 8.3). Its parameters do not matter and are
     * not looked at: browsers write {@code video/webm;codecs=vp8,opus} without the quotes that the grammar wants.
     *
     * @return type and subtype in lower case; null if it is not a media type
     */
    public static @Nullable String parse(String contentType) {
        int parameters = contentType.indexOf(';');
        String type = (parameters < 0 ? contentType : contentType.substring(0, parameters)).strip();
        Matcher matcher = TYPE.matcher(type);
        return matcher.matches() ? type.toLowerCase(Locale.ROOT) : null;
    }

    /**
     * Finds the type of a file in its first bytes. Claim and name can only make a general answer more precise (plain
     * text is CSV, an archive is a document); a wrong or unreadable claim counts for nothing. Content that can run as
     * script gets a type that says so, whatever is claimed.
     *
     * @param prefix the first bytes of the file: all of it, or at least {@link #PREFIX_LENGTH}; more is not looked at
     * @param length how many bytes of {@code prefix} count
     * @param claimed the type that the client claims, as it came; null if it claims none
     * @param fileName the client's name for the file; null if it gave none
     * @return the type, and after it more general ones that are right as well, each less precise than the one before;
     *     {@code application/octet-stream} if the bytes are of no known kind, {@code text/plain} if there are none
     */
    public static List<String> find(byte[] prefix, int length, @Nullable String claimed, @Nullable String fileName) {
        FoundType found = FoundType.of(prefix, Math.min(length, PREFIX_LENGTH));
        String refined = refined(found, claimed, fileName);
        String precise = refined == null ? shown(found.type()) : refined;
        if (isActive(precise)) {
            return List.of(precise);
        }
        List<String> types = new ArrayList<>(List.of(precise));
        if (refined != null) {
            types.add(shown(found.type()));
        }
        if (found.isScript()) {
            types.add(TikaTypes.PLAIN_TEXT);
        }
        return types;
    }

    /**
     * Returns whether a file is an office document that is protected with a password, so that nothing in it says of
     * which kind.
     *
     * @param prefix the first bytes of the file, as for {@link #find}
     * @param length how many bytes of {@code prefix} count
     */
    public static boolean isProtectedDocument(byte[] prefix, int length) {
        return OleContent.of(prefix, Math.min(length, PREFIX_LENGTH)).isEncrypted();
    }

    private static @Nullable String refined(FoundType found, @Nullable String claimed, @Nullable String fileName) {
        String claim = claimed == null ? null : claim(claimed);
        String extension = fileName == null ? "" : FileNames.extension(fileName).toLowerCase(Locale.ROOT);
        String named = extension.isEmpty() ? null : ofExtension(extension);
        String byName = named == null ? null : Refinement.byName(found, extension, named);
        String byClaim = claim == null || isActive(claim) ? null : Refinement.byClaim(found, claim);
        if (byClaim != null || byName != null) {
            return Refinement.better(found, byClaim, byName);
        }
        // Web servers call text HTML that is none: a name that says otherwise is believed first.
        boolean denied = found.type().equals(TikaTypes.PLAIN_TEXT) && named != null && !isActive(named);
        return claim == null || !isActive(claim) || denied ? null : Refinement.byClaim(found, claim);
    }

    /**
     * Reads a claim.
     *
     * @return type and subtype in lower case, by the name that the client uses; null if it says nothing of the content
     */
    public static @Nullable String parseClaim(String claimed) {
        String parsed = parse(claimed);
        return parsed == null || UNKNOWN.contains(parsed) ? null : parsed;
    }

    /** What is claimed, under its preferred name; null if that says nothing. */
    static @Nullable String claim(String claimed) {
        String parsed = parseClaim(claimed);
        return parsed == null ? null : TikaTypes.preferred(parsed);
    }

    /** An office package of an unknown kind is to everyone else an archive. */
    private static String shown(String type) {
        return type.equals(ZipContent.OFFICE_PACKAGE) ? ZipContent.ZIP : TikaTypes.preferred(type);
    }

    /**
     * Returns whether a browser that opens content of this type may run script in it: HTML, SVG and all other XML,
     * JavaScript, web archives.
     */
    public static boolean isActive(String type) {
        return type.equals("text/html")
                || type.endsWith("+xml")
                || type.endsWith("/xml")
                || type.equals("text/xsl")
                || type.contains("javascript")
                || type.contains("ecmascript")
                || type.contains("jscript")
                || type.equals("text/livescript")
                || type.startsWith("multipart/")
                || type.startsWith("message/")
                || type.equals("application/x-shockwave-flash")
                || type.equals("text/cache-manifest");
    }

    /** What stands before the slash. */
    static String kind(String type) {
        return type.substring(0, type.indexOf('/'));
    }

    /** The type that an extension, given with its dot, stands for; null if it stands for none known. */
    static @Nullable String ofExtension(String extension) {
        String text = Refinement.textOfExtension(extension.toLowerCase(Locale.ROOT));
        if (text != null) {
            return text;
        }
        String type = TikaTypes.ofName("file" + extension);
        return type == null ? null : TikaTypes.preferred(type);
    }
}
