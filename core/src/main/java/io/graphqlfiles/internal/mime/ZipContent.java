package io.graphqlfiles.internal.mime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tells packages that are zip archives (<a
 * href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">APPNOTE</a>) apart by the names of those entries
 * that lie within the first bytes.
 */
final class ZipContent {

    static final String ZIP = "application/zip";
    /** An office package of a kind that nothing tells. */
    static final String OFFICE_PACKAGE = "application/x-tika-ooxml";

    private static final String OPEN_XML = "application/vnd.openxmlformats-officedocument.";
    private static final int HEADER_LENGTH = 30;
    private static final int MAX_STATED_TYPE = 128;

    private static final Set<String> OFFICE_ROOTS = Set.of(
            "[Content_Types].xml",
            "[trash]",
            "3D",
            "Metadata",
            "_rels",
            "_xmlsignatures",
            "customUI",
            "customXml",
            "docMetadata",
            "docProps",
            "ppt",
            "visio",
            "word",
            "xl");

    private final List<String> names = new ArrayList<>();
    private @Nullable String stated;
    private boolean complete;

    private ZipContent() {}

    static ZipContent of(byte[] bytes, int length) {
        ZipContent content = new ZipContent();
        content.read(bytes, length);
        return content;
    }

    /** The type of the package; {@link #ZIP} for an archive of anything. */
    String type() {
        if (stated != null) {
            return stated;
        }
        if (has("AndroidManifest.xml") || has("classes.dex")) {
            return "application/vnd.android.package-archive";
        }
        if (has("extension.vsixmanifest")) {
            return "application/vsix";
        }
        if (names.stream().anyMatch(name -> name.startsWith("3D/") && name.endsWith(".model"))) {
            return "model/3mf";
        }
        String office = officeType();
        if (office != null) {
            return office;
        }
        if (has("META-INF/container.xml")) {
            return "application/epub+zip";
        }
        if (has("META-INF/MANIFEST.MF")) {
            return "application/java-archive";
        }
        return has("doc.kml") ? "application/vnd.google-earth.kmz" : ZIP;
    }

    private @Nullable String officeType() {
        boolean marked = has("[Content_Types].xml") || has("_rels/.rels") || hasFolder("docProps/");
        boolean macros = names.stream().anyMatch(name -> name.endsWith("/vbaProject.bin"));
        if (has("word/document.xml") || (marked && hasFolder("word/"))) {
            return macros ? "application/vnd.ms-word.document.macroenabled.12" : OPEN_XML + "wordprocessingml.document";
        }
        if (has("xl/workbook.xml") || has("xl/workbook.bin") || (marked && hasFolder("xl/"))) {
            return macros ? "application/vnd.ms-excel.sheet.macroenabled.12" : OPEN_XML + "spreadsheetml.sheet";
        }
        if (has("ppt/presentation.xml") || (marked && hasFolder("ppt/"))) {
            return macros
                    ? "application/vnd.ms-powerpoint.presentation.macroenabled.12"
                    : OPEN_XML + "presentationml.presentation";
        }
        if (marked && hasFolder("visio/")) {
            return "application/vnd.ms-visio.drawing";
        }
        return has("[Content_Types].xml") || has("_rels/.rels") ? OFFICE_PACKAGE : null;
    }

    /**
     * Tells whether the archive may be a package of this type as far as its entries were seen, though they do not show
     * it.
     *
     * @param type a form of zip
     */
    boolean mayBe(String type) {
        if (complete) {
            return TikaTypes.isUnmarkedFormOf(type, ZIP);
        }
        return !TikaTypes.isSpecialForm(type, OFFICE_PACKAGE)
                || names.isEmpty()
                || names.stream().anyMatch(name -> OFFICE_ROOTS.contains(root(name)));
    }

    private static String root(String name) {
        int slash = name.indexOf('/');
        return slash < 0 ? name : name.substring(0, slash);
    }

    private boolean has(String name) {
        return names.contains(name);
    }

    private boolean hasFolder(String folder) {
        Predicate<String> inside = name -> name.startsWith(folder);
        return names.stream().anyMatch(inside);
    }

    /** From header to header where an entry's length is told before its bytes; else the next one is searched for. */
    private void read(byte[] bytes, int length) {
        int position = 0;
        complete = TextContent.isAt(0, "PK\005\006", bytes, length); // an empty archive
        while ((position = nextHeader(bytes, position, length)) >= 0) {
            if (bytes[position + 2] == 1) {
                complete = true; // the central directory: there are no more entries
                return;
            }
            int nameLength = number(bytes, position + 26, 2);
            int data = position + HEADER_LENGTH + nameLength + number(bytes, position + 28, 2);
            if (position + HEADER_LENGTH + nameLength > length) {
                return;
            }
            String name =
                    new String(bytes, position + HEADER_LENGTH, nameLength, StandardCharsets.UTF_8).replace('\\', '/');
            names.add(name);
            boolean deferred = (bytes[position + 6] & 8) != 0;
            long size = deferred ? 0 : Integer.toUnsignedLong(number(bytes, position + 18, 4));
            if (name.equals("mimetype") && number(bytes, position + 8, 2) == 0) {
                stated = stated(bytes, data, (int) Math.min(size, MAX_STATED_TYPE), length);
            }
            if (data + size > length) {
                return;
            }
            position = data + (int) size;
        }
    }

    /** ODF (part 2, 3.3) and EPUB (OCF, 4.3) say their type in an entry of its own, neither packed nor encrypted. */
    private static @Nullable String stated(byte[] bytes, int from, int count, int length) {
        if (from + count > length) {
            return null;
        }
        String type = ContentTypes.parse(new String(bytes, from, count, StandardCharsets.US_ASCII));
        return type != null && !ContentTypes.isActive(type) && TikaTypes.isSpecialForm(type, ZIP) ? type : null;
    }

    private static int nextHeader(byte[] bytes, int from, int length) {
        for (int i = from; i + HEADER_LENGTH <= length; i++) {
            if (bytes[i] == 'P'
                    && bytes[i + 1] == 'K'
                    && ((bytes[i + 2] == 3 && bytes[i + 3] == 4) || (bytes[i + 2] == 1 && bytes[i + 3] == 2))) {
                return i;
            }
        }
        return -1;
    }

    private static int number(byte[] bytes, int at, int count) {
        int number = 0;
        for (int i = count - 1; i >= 0; i--) {
            number = number << 8 | (bytes[at + i] & 0xff);
        }
        return number;
    }
}
