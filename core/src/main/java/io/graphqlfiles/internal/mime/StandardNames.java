package io.graphqlfiles.internal.mime;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * The names under which types are shown where the type database has another one: those that IANA registered, else those
 * that browsers and operating systems use.
 */
final class StandardNames {

    /** From the database's name to the one that is shown. */
    private static final Map<String, String> SHOWN = Map.ofEntries(
            Map.entry("application/vnd.ms-package.3dmanufacturing-3dmodel+xml", "model/3mf"),
            Map.entry("application/x-font-otf", "font/otf"),
            Map.entry("application/x-font-ttf", "font/ttf"),
            Map.entry("application/x-msdownload", "application/vnd.microsoft.portable-executable"),
            Map.entry("application/x-parquet", "application/vnd.apache.parquet"),
            Map.entry("application/x-rar-compressed", "application/vnd.rar"),
            Map.entry("application/x-sqlite3", "application/vnd.sqlite3"),
            Map.entry("application/x-tika-msoffice", "application/x-ole-storage"),
            Map.entry("audio/vnd.wave", "audio/wav"),
            Map.entry("audio/x-aac", "audio/aac"),
            Map.entry("audio/x-flac", "audio/flac"),
            Map.entry("image/x-raw-adobe", "image/x-adobe-dng"),
            Map.entry("image/x-raw-canon", "image/x-canon-crw"),
            Map.entry("image/x-raw-fuji", "image/x-fuji-raf"),
            Map.entry("image/x-raw-nikon", "image/x-nikon-nef"),
            Map.entry("image/x-raw-olympus", "image/x-olympus-orf"),
            Map.entry("image/x-raw-panasonic", "image/x-panasonic-rw2"),
            Map.entry("image/x-raw-pentax", "image/x-pentax-pef"),
            Map.entry("image/x-raw-sony", "image/x-sony-arw"),
            Map.entry("model/x.stl-binary", "model/stl"),
            Map.entry("text/x-vcard", "text/vcard"),
            Map.entry("text/x-web-markdown", "text/markdown"),
            Map.entry("text/x-yaml", "application/yaml"),
            Map.entry("video/x-msvideo", "video/vnd.avi"));

    /** What the database distinguishes and nobody else does: a player asks for Ogg, whichever codec is inside. */
    private static final Map<String, String> MERGED = Map.ofEntries(
            Map.entry("application/illustrator+ps", "application/postscript"),
            Map.entry("application/x-dosexec", "application/vnd.microsoft.portable-executable"),
            Map.entry("audio/opus", "audio/ogg"),
            Map.entry("audio/speex", "audio/ogg"),
            Map.entry("audio/vorbis", "audio/ogg"),
            Map.entry("audio/x-oggflac", "audio/ogg"),
            Map.entry("audio/x-oggpcm", "audio/ogg"),
            Map.entry("model/x.stl-ascii", "model/stl"),
            Map.entry("video/daala", "video/ogg"),
            Map.entry("video/theora", "video/ogg"),
            Map.entry("video/x-dirac", "video/ogg"),
            Map.entry("video/x-ogm", "video/ogg"),
            Map.entry("video/x-oggrgb", "video/ogg"),
            Map.entry("video/x-ogguvs", "video/ogg"),
            Map.entry("video/x-oggyuv", "video/ogg"));

    private static final Map<String, String> INTERNAL =
            SHOWN.entrySet().stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

    private StandardNames() {}

    /** The name to show for one of the database's. */
    static String shown(String internal) {
        String shown = SHOWN.get(internal);
        return shown != null ? shown : MERGED.getOrDefault(internal, internal);
    }

    /** The database's name for one that is shown; the same if it has no other. */
    static String internal(String shown) {
        return INTERNAL.getOrDefault(shown, shown);
    }
}
