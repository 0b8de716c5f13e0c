package io.graphqlfiles.internal.mime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells files of the ISO base media format (ISO/IEC 14496-12) apart: each begins with an {@code ftyp} box, which has a
 * major brand and compatible ones.
 */
final class IsoMedia {

    private static final int BRAND = 4;
    private static final int MAJOR_AT = 8;
    private static final int COMPATIBLE_AT = 16;
    private static final int MAX_BOX = 512;

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("avif", "image/avif"),
            Map.entry("avis", "image/avif"),
            Map.entry("heic", "image/heic"),
            Map.entry("heix", "image/heic"),
            Map.entry("heim", "image/heic"),
            Map.entry("heis", "image/heic"),
            Map.entry("hevc", "image/heic-sequence"),
            Map.entry("hevx", "image/heic-sequence"),
            Map.entry("hevm", "image/heic-sequence"),
            Map.entry("hevs", "image/heic-sequence"),
            Map.entry("avci", "image/avci"),
            Map.entry("avcs", "image/avcs"),
            Map.entry("crx ", "image/x-canon-cr3"),
            Map.entry("M4A ", "audio/mp4"),
            Map.entry("M4B ", "audio/mp4"),
            Map.entry("M4P ", "audio/mp4"),
            Map.entry("F4A ", "audio/mp4"),
            Map.entry("F4B ", "audio/mp4"),
            Map.entry("M4V ", "video/x-m4v"),
            Map.entry("M4VH", "video/x-m4v"),
            Map.entry("M4VP", "video/x-m4v"),
            Map.entry("qt  ", "video/quicktime"),
            Map.entry("mqt ", "video/quicktime"));

    /** They say that there are pictures inside; the compatible brands say which kind. */
    private static final Map<String, String> PICTURES = Map.of(
            "mif1", "image/heif",
            "mif2", "image/heif",
            "mif3", "image/heif",
            "miaf", "image/heif",
            "msf1", "image/heif-sequence");

    private static final Set<String> SEQUENCES = Set.of("hevc", "hevx", "hevm", "hevs", "avis");

    /** What stands first in films of QuickTime that are older than the box of brands, and that Tika does not know. */
    private static final Set<String> QUICKTIME_FIRST = Set.of("mdat", "pnot");

    private IsoMedia() {}

    /**
     * The type; null if it is no such file, or one without brands, which other marks identify. A brand that nobody
     * knows is a film.
     */
    static @Nullable String detect(byte[] bytes, int length) {
        if (length < MAJOR_AT + BRAND) {
            return null;
        }
        String box = text(bytes, BRAND);
        if (!box.equals("ftyp")) {
            return QUICKTIME_FIRST.contains(box) ? "video/quicktime" : null;
        }
        String major = text(bytes, MAJOR_AT);
        String picture = PICTURES.get(major);
        if (picture != null) {
            return picture(compatible(bytes, length), picture);
        }
        String type = ofBrand(major);
        if (type != null) {
            return type;
        }
        for (String brand : compatible(bytes, length)) {
            if (PICTURES.containsKey(brand)) {
                return picture(compatible(bytes, length), PICTURES.get(brand));
            }
        }
        return "video/mp4";
    }

    private static String picture(List<String> compatible, String otherwise) {
        boolean sequence = otherwise.endsWith("-sequence");
        String second = null;
        for (String brand : compatible) {
            String type = ofBrand(brand);
            if (type != null && type.startsWith("image/")) {
                if (SEQUENCES.contains(brand) == sequence) {
                    return type;
                }
                second = second == null ? type : second;
            }
        }
        return second == null ? otherwise : second;
    }

    private static @Nullable String ofBrand(String brand) {
        String type = TYPES.get(brand);
        if (type != null) {
            return type;
        }
        if (brand.startsWith("3g2") || brand.equals("kddi")) {
            return "video/3gpp2";
        }
        return brand.startsWith("3g") ? "video/3gpp" : null;
    }

    private static List<String> compatible(byte[] bytes, int length) {
        int box = (bytes[0] & 0xff) << 24 | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | (bytes[3] & 0xff);
        int end = Math.min(Math.min(length, MAX_BOX), box < 0 ? MAX_BOX : box);
        List<String> brands = new ArrayList<>();
        for (int at = COMPATIBLE_AT; at + BRAND <= end; at += BRAND) {
            brands.add(text(bytes, at));
        }
        return brands;
    }

    private static String text(byte[] bytes, int from) {
        return new String(bytes, from, BRAND, StandardCharsets.ISO_8859_1);
    }
}
