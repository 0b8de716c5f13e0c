package io.graphqlfiles.internal.mime;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Media types of files: found in their content, compared with what a client claims. All types that come out are lower
 * case, without parameters, and under their usual name ({@code audio/wav}, not {@code audio/vnd.wave}). Thread-safe.
 */
public final class ContentTypes {

    /** How many of a file's first bytes {@link #detect} looks at, at the most. */
    public static final int PREFIX_LENGTH = 65_536;

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    /** RFC 9110, sections 8.3.1 and 5.6.6; the stars of patterns are not types. */
    private static final Pattern CONTENT_TYPE =
            Pattern.compile("(" + TOKEN.replace("*", "") + "/" + TOKEN.replace("*", "") + ")(?:[ \\t]*;[ \\t]*(?:"
                    + TOKEN + "=(?:" + TOKEN + "|\"(?:[^\"\\\\\\x00-\\x1f\\x7f]|\\\\[\\t -~])*+\"))?)*+[ \\t]*");

    private static final int MAX_LENGTH = 255;

    /**
     * What a name may make of content that is text and nothing more. Types that have marks of their own are not here.
     */
    private static final Map<String, String> TEXT_BY_EXTENSION = Map.ofEntries(
            Map.entry(".csv", "text/csv"),
            Map.entry(".tsv", "text/tab-separated-values"),
            Map.entry(".json", "application/json"),
            Map.entry(".geojson", "application/geo+json"),
            Map.entry(".ndjson", "application/x-ndjson"),
            Map.entry(".jsonl", "application/x-ndjson"),
            Map.entry(".md", "text/markdown"),
            Map.entry(".markdown", "text/markdown"),
            Map.entry(".yaml", "application/yaml"),
            Map.entry(".yml", "application/yaml"),
            Map.entry(".toml", "application/toml"),
            Map.entry(".css", "text/css"),
            Map.entry(".js", "text/javascript"),
            Map.entry(".mjs", "text/javascript"),
            Map.entry(".ics", "text/calendar"),
            Map.entry(".vcf", "text/vcard"),
            Map.entry(".vtt", "text/vtt"),
            Map.entry(".srt", "application/x-subrip"),
            Map.entry(".sql", "application/sql"));

    /** Containers whose bytes do not tell, or not early, which of these they hold: the claim decides. */
    private static final List<Set<String>> FAMILIES = List.of(
            Set.of("video/mp4", "audio/mp4", "video/x-m4v"),
            Set.of("video/webm", "audio/webm"),
            Set.of("video/x-matroska", "audio/x-matroska", "application/x-matroska"),
            Set.of("video/3gpp", "audio/3gpp"),
            Set.of("video/3gpp2", "audio/3gpp2"),
            Set.of(
                    "application/ogg",
                    "audio/ogg",
                    "video/ogg",
                    "audio/opus",
                    "audio/vorbis",
                    "audio/speex",
                    "video/x-theora"));

    private static final Set<String> REFINABLE =
            Set.of("application/zip", "application/x-tika-ooxml", "application/x-tika-msoffice");

    /** Kinds that browsers render: bytes that nothing recognises are never taken for one of them. */
    private static final Set<String> RECOGNISABLE_KINDS =
            Set.of("image", "audio", "video", "font", "text", "multipart", "message");

    private ContentTypes() {}

    /**
     * Reads the value of a {@code Content-Type} header. Parameters are checked and dropped.
     *
     * @return type and subtype in lower case; null if it is not a media type
     */
    public static @Nullable String parse(String contentType) {
        if (contentType.length() > MAX_LENGTH) {
            return null;
        }
        var matcher = CONTENT_TYPE.matcher(contentType.strip());
        return matcher.matches() ? matcher.group(1).toLowerCase(Locale.ROOT) : null;
    }

    /**
     * Finds the type of a file in its first bytes. The name can only make a general answer more precise (plain text is
     * CSV, an archive is a jar); it never decides.
     *
     * @param prefix the first bytes of the file: all of it, or at least {@link #PREFIX_LENGTH}; more is not looked at
     * @param length how many bytes of {@code prefix} count
     * @param fileName the client's name for the file, if it gave one
     * @return the type; {@code application/octet-stream} if the bytes are of no known kind, {@code text/plain} if there
     *     are none
     */
    public static String detect(byte[] prefix, int length, @Nullable String fileName) {
        int looked = Math.min(length, PREFIX_LENGTH);
        String found = fromBytes(prefix, looked);
        if (fileName != null && found.equals(TikaTypes.PLAIN_TEXT)) {
            found = TEXT_BY_EXTENSION.getOrDefault(FileNames.extension(fileName).toLowerCase(Locale.ROOT), found);
        } else if (fileName != null && REFINABLE.contains(found)) {
            String named = TikaTypes.ofName(fileName);
            if (named != null && mayNarrow(found, named)) {
                found = named;
            }
        }
        // A package of a kind that nothing tells is to everyone else an archive.
        return found.equals("application/x-tika-ooxml") ? "application/zip" : TikaTypes.preferred(found);
    }

    private static String fromBytes(byte[] prefix, int length) {
        if (length == 0) {
            return TikaTypes.PLAIN_TEXT;
        }
        String markup = Markup.detect(prefix, length);
        if (markup != null) {
            return markup;
        }
        String found = TikaTypes.detect(prefix, length);
        if (found.equals("application/zip") || found.equals("application/x-tika-ooxml")) {
            String packaged = ZipContent.detect(prefix, length);
            return packaged == null ? found : packaged;
        }
        return found;
    }

    /**
     * Holds a client's claim against what was found in the content.
     *
     * @param claimed as {@link #parse} gives it; null if the client claimed nothing
     * @param detected as {@link #detect} gives it
     * @return the type that the file is to have, the more precise of the two; null if the claim is wrong. Content that
     *     can run as script keeps a type that says so.
     */
    public static @Nullable String agree(@Nullable String claimed, String detected) {
        if (claimed == null || claimed.equals(TikaTypes.OCTET_STREAM)) {
            return detected;
        }
        String claim = TikaTypes.preferred(claimed);
        if (claim.equals(detected)) {
            return detected;
        }
        if (isActive(detected)) {
            // Text that begins with a tag is an honest mistake, an image that does is none.
            if (isText(claim) || TikaTypes.isSpecialForm(detected, claim)) {
                return detected;
            }
            return isActive(claim) && mayNarrow(detected, claim) ? claim : null;
        }
        if (FAMILIES.stream().anyMatch(family -> family.contains(claim) && family.contains(detected))) {
            return claim;
        }
        if (TikaTypes.isSpecialForm(detected, claim) || isSpreadsheetProgramsCsv(claim, detected)) {
            return detected;
        }
        return mayNarrow(detected, claim) ? claim : null;
    }

    /** Windows tells browsers that a CSV file belongs to Excel, and they send that as its type. */
    private static boolean isSpreadsheetProgramsCsv(String claim, String detected) {
        return claim.equals("application/vnd.ms-excel") && isText(detected);
    }

    private static boolean mayNarrow(String general, String special) {
        if (isText(general)) {
            return (isText(special) && !TikaTypes.isSpecialForm(special, "application/xml"))
                    || isUnrecognisable(special);
        }
        String internal = TikaTypes.internal(general);
        return switch (internal) {
            case TikaTypes.OCTET_STREAM -> isUnrecognisable(special) && !isText(special);
            case "application/zip", "application/xml" -> TikaTypes.isUnmarkedFormOf(special, internal);
            case "application/x-tika-ooxml", "application/x-tika-msoffice", "application/x-matroska" ->
                TikaTypes.isSpecialForm(special, internal);
            default -> false;
        };
    }

    private static boolean isUnrecognisable(String type) {
        return !RECOGNISABLE_KINDS.contains(type.substring(0, type.indexOf('/')))
                && !isActive(type)
                && TikaTypes.isUnmarkedFormOf(type, TikaTypes.OCTET_STREAM);
    }

    private static boolean isText(String type) {
        return type.startsWith("text/")
                || type.endsWith("+json")
                || type.equals("application/json")
                || TEXT_BY_EXTENSION.containsValue(type);
    }

    /**
     * Tells whether a browser that opens content of this type may run script in it: HTML, SVG and all other XML,
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

    /** The type that an extension, given with its dot, stands for; null if it stands for none known. */
    static @Nullable String ofExtension(String extension) {
        String text = TEXT_BY_EXTENSION.get(extension.toLowerCase(Locale.ROOT));
        if (text != null) {
            return text;
        }
        String type = TikaTypes.ofName("file" + extension);
        return type == null ? null : TikaTypes.preferred(type);
    }
}
