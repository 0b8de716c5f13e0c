package io.graphqlfiles.internal.mime;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client's claim or a file's name may make of the type that was found: only a more precise form of it, and never
 * one that would have been recognised.
 */
final class Refinement {

    /** What a name makes of text. Types that have marks of their own need those. */
    private static final Map<String, String> TEXT_BY_EXTENSION = Map.ofEntries(
            Map.entry(".css", "text/css"),
            Map.entry(".csv", "text/csv"),
            Map.entry(".geojson", "application/geo+json"),
            Map.entry(".gltf", "model/gltf+json"),
            Map.entry(".htm", "text/html"),
            Map.entry(".html", "text/html"),
            Map.entry(".ics", "text/calendar"),
            Map.entry(".ipynb", "application/x-ipynb+json"),
            Map.entry(".js", "text/javascript"),
            Map.entry(".json", "application/json"),
            Map.entry(".jsonl", "application/x-ndjson"),
            Map.entry(".jsonld", "application/ld+json"),
            Map.entry(".markdown", "text/markdown"),
            Map.entry(".md", "text/markdown"),
            Map.entry(".mjs", "text/javascript"),
            Map.entry(".mtl", "model/mtl"),
            Map.entry(".ndjson", "application/x-ndjson"),
            Map.entry(".obj", "model/obj"),
            Map.entry(".sql", "application/sql"),
            Map.entry(".srt", "application/x-subrip"),
            Map.entry(".toml", "application/toml"),
            Map.entry(".tsv", "text/tab-separated-values"),
            Map.entry(".vcf", "text/vcard"),
            Map.entry(".vtt", "text/vtt"),
            Map.entry(".webmanifest", "application/manifest+json"),
            Map.entry(".yaml", "application/yaml"),
            Map.entry(".yml", "application/yaml"));

    /** Containers whose first bytes do not say, or not for certain, which of these they hold. */
    private static final Map<String, Set<String>> CONTENTS = Map.ofEntries(
            Map.entry("application/ogg", Set.of("audio/ogg", "video/ogg")),
            Map.entry(
                    "application/x-matroska",
                    Set.of("audio/x-matroska", "video/x-matroska", "audio/webm", "video/webm")),
            Map.entry("audio/ogg", Set.of("video/ogg")),
            Map.entry("image/heif", Set.of("image/heic")),
            Map.entry("image/heif-sequence", Set.of("image/heic-sequence")),
            Map.entry("video/3gpp", Set.of("audio/3gpp")),
            Map.entry("video/3gpp2", Set.of("audio/3gpp2")),
            Map.entry("video/mp4", Set.of("audio/mp4", "video/x-m4v")),
            Map.entry("video/webm", Set.of("audio/webm")),
            Map.entry("video/x-ms-asf", Set.of("audio/x-ms-wma", "video/x-ms-wmv")),
            Map.entry("video/x-matroska", Set.of("audio/x-matroska")));

    /** Kinds that browsers render: bytes that nothing recognises are never taken for one of them. */
    private static final Set<String> RECOGNISABLE_KINDS =
            Set.of("image", "audio", "video", "font", "text", "multipart", "message");

    private static final String OPEN_XML = "application/vnd.openxmlformats-officedocument.";

    /** Documents, templates and shows of one program have the same parts; with macros, these may lie far behind. */
    private static final Map<String, String> OFFICE_PROGRAMS = Map.ofEntries(
            Map.entry(OPEN_XML + "wordprocessingml.", "word"),
            Map.entry("application/vnd.ms-word.", "word"),
            Map.entry(OPEN_XML + "spreadsheetml.", "excel"),
            Map.entry("application/vnd.ms-excel.", "excel"),
            Map.entry(OPEN_XML + "presentationml.", "powerpoint"),
            Map.entry("application/vnd.ms-powerpoint.", "powerpoint"),
            Map.entry("application/vnd.ms-visio.", "visio"));

    private Refinement() {}

    /** The type that the name stands for in text; null if it stands for none that is text. */
    static @Nullable String textOfExtension(String extension) {
        return TEXT_BY_EXTENSION.get(extension);
    }

    /**
     * The more precise type.
     *
     * @param claim under its preferred name
     * @return null if the claim does not say more than was found, or something else
     */
    static @Nullable String byClaim(FoundType found, String claim) {
        if (claim.equals(found.type())) {
            return null;
        }
        if (found.type().equals(TikaTypes.PLAIN_TEXT)) {
            return isForText(found, claim) ? claim : null;
        }
        return narrows(found, claim) ? claim : null;
    }

    /**
     * The more precise type.
     *
     * @param extension of the name, in lower case with its dot
     * @param named the type that the name stands for
     * @return null if the name does not say more than was found, or something else
     */
    static @Nullable String byName(FoundType found, String extension, String named) {
        if (!found.type().equals(TikaTypes.PLAIN_TEXT)) {
            return byClaim(found, named);
        }
        // The database has a type for each kind of note, which no program asks for.
        boolean usual = TEXT_BY_EXTENSION.containsKey(extension) || isSuspected(found, named);
        return usual && !named.equals(TikaTypes.PLAIN_TEXT) ? named : null;
    }

    /**
     * Which of two refinements counts, one of which may be missing: the claim's, unless the name says more than it, or
     * the claim is one that only who knows nothing of the file could make.
     */
    static @Nullable String better(FoundType found, @Nullable String byClaim, @Nullable String byName) {
        if (byClaim == null || byName == null) {
            return byClaim == null ? byName : byClaim;
        }
        boolean isGuess = !TikaTypes.isKnown(byClaim)
                || (found.type().equals(TikaTypes.PLAIN_TEXT) && !isText(byClaim) && !isSuspected(found, byClaim));
        return isGuess || TikaTypes.isSpecialForm(byName, byClaim) ? byName : byClaim;
    }

    private static boolean isForText(FoundType found, String claim) {
        return isSuspected(found, claim)
                || (isText(claim) && !TikaTypes.isSpecialForm(claim, "application/xml"))
                || isUnrecognisable(claim);
    }

    private static boolean isSuspected(FoundType found, String type) {
        String suspected = found.suspected();
        return suspected != null
                && (suspected.equals(type)
                        || TikaTypes.isSpecialForm(type, suspected)
                        || TikaTypes.isSpecialForm(suspected, type));
    }

    private static boolean narrows(FoundType found, String type) {
        String general = found.type();
        if (CONTENTS.getOrDefault(general, Set.of()).contains(type)) {
            return true;
        }
        if (found.protectedPackage() && TikaTypes.isSpecialForm(type, ZipContent.OFFICE_PACKAGE)) {
            return true;
        }
        if (ContentTypes.isActive(type) && !ContentTypes.isActive(general)) {
            return false;
        }
        return switch (general) {
            case TikaTypes.OCTET_STREAM -> isUnrecognisable(type) && !isText(type);
            case "text/html" -> type.equals("application/xhtml+xml");
            case ZipContent.ZIP ->
                TikaTypes.isSpecialForm(type, general)
                        && (found.zip() == null || found.zip().mayBe(type));
            case ZipContent.OFFICE_PACKAGE, OleContent.TYPE -> TikaTypes.isSpecialForm(type, general);
            default ->
                TikaTypes.isUnmarkedFormOf(type, general)
                        || (isWithoutMacros(general) && isOfSameProgram(type, general));
        };
    }

    /** What was seen to have macros stays what it is. */
    private static boolean isWithoutMacros(String type) {
        return !type.endsWith(".macroenabled.12");
    }

    private static boolean isOfSameProgram(String type, String general) {
        String program = program(type);
        return program != null && program.equals(program(general));
    }

    private static @Nullable String program(String type) {
        return OFFICE_PROGRAMS.entrySet().stream()
                .filter(entry -> type.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    /**
     * Returns whether content of the type has no marks by which it would have been found, and no browser renders it.
     */
    static boolean isUnrecognisable(String type) {
        return !RECOGNISABLE_KINDS.contains(ContentTypes.kind(type))
                && !ContentTypes.isActive(type)
                && TikaTypes.isUnmarkedFormOf(type, TikaTypes.OCTET_STREAM);
    }

    static boolean isText(String type) {
        return type.startsWith("text/")
                || type.endsWith("+json")
                || type.equals("application/json")
                || TEXT_BY_EXTENSION.containsValue(type);
    }

    /** Returns whether a container of the first type may hold the second. */
    static boolean mayContain(String container, String type) {
        return CONTENTS.getOrDefault(container, Set.of()).contains(type);
    }
}
