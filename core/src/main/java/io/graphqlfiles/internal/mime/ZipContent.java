package io.graphqlfiles.internal.mime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Tells packages that are zip archives (<a
 * href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">APPNOTE</a>) apart by the names of those entries
 * that lie within the first bytes.
 */
final class ZipContent {

    static final String ZIP = "application/zip";
    /** An office package of an unknown kind. */
    static final String OFFICE_PACKAGE = "application/x-tika-ooxml";

    private static final String OPEN_XML = "application/vnd.openxmlformats-officedocument.";
    private static final int HEADER_LENGTH = 30;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final int MAX_STATED_TYPE = 128;
    private static final String OPEN_DOCUMENT = "application/vnd.oasis.opendocument.";

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
    private final List<String> lowerCaseNames = new ArrayList<>();
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
        if (lowerCaseNames.stream().anyMatch(name -> name.startsWith("3d/") && name.endsWith(".model"))) {
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
        boolean isMarked = hasPart("[content_types].xml") || hasPart("_rels/.rels");
        boolean isOffice = isMarked || hasFolder("docprops/");
        boolean hasMacros = lowerCaseNames.stream().anyMatch(name -> name.endsWith("/vbaproject.bin"));
        if (hasPart("word/document.xml") || (isOffice && hasFolder("word/"))) {
            return hasMacros
                    ? "application/vnd.ms-word.document.macroenabled.12"
                    : OPEN_XML + "wordprocessingml.document";
        }
        if (hasPart("xl/workbook.bin")) {
            return "application/vnd.ms-excel.sheet.binary.macroenabled.12";
        }
        if (hasPart("xl/workbook.xml") || (isOffice && hasFolder("xl/"))) {
            return hasMacros ? "application/vnd.ms-excel.sheet.macroenabled.12" : OPEN_XML + "spreadsheetml.sheet";
        }
        if (hasPart("ppt/presentation.xml") || (isOffice && hasFolder("ppt/"))) {
            return hasMacros
                    ? "application/vnd.ms-powerpoint.presentation.macroenabled.12"
                    : OPEN_XML + "presentationml.presentation";
        }
        if (isOffice && hasFolder("visio/")) {
            return "application/vnd.ms-visio.drawing" + (hasMacros ? ".macroenabled.12" : "");
        }
        return isMarked ? OFFICE_PACKAGE : null;
    }

    /**
     * Returns whether the archive may be a package of this type as far as its entries were seen, though they do not
     * show it.
     *
     * @param type a form of zip
     */
    boolean mayBe(String type) {
        if (complete) {
            return TikaTypes.isUnmarkedFormOf(type, ZIP) || (type.startsWith(OPEN_DOCUMENT) && isOpenDocument());
        }
        return !TikaTypes.isSpecialForm(type, OFFICE_PACKAGE)
                || names.isEmpty()
                || names.stream().anyMatch(name -> OFFICE_ROOTS.contains(root(name)));
    }

    /** Of a kind that its first entry should say, and does not in what was put together by other programs. */
    private boolean isOpenDocument() {
        return has("content.xml") && has("META-INF/manifest.xml");
    }

    private static String root(String name) {
        int slash = name.indexOf('/');
        return slash < 0 ? name : name.substring(0, slash);
    }

    private boolean has(String name) {
        return names.contains(name);
    }

    /** Upper and lower case are the same in names of parts (Open Packaging Conventions, 6.2.2.3). */
    private boolean hasPart(String lowerCaseName) {
        return lowerCaseNames.contains(lowerCaseName);
    }

    private boolean hasFolder(String lowerCaseName) {
        return lowerCaseNames.stream().anyMatch(name -> name.startsWith(lowerCaseName));
    }

    /**
     * From header to header where an entry's length is given before its bytes; otherwise the next one is searched for.
     */
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
            String name = name(bytes, position + HEADER_LENGTH, nameLength);
            names.add(name);
            lowerCaseNames.add(name.toLowerCase(Locale.ROOT));
            boolean deferred = (bytes[position + 6] & 8) != 0;
            long size = deferred ? 0 : Integer.toUnsignedLong(number(bytes, position + 18, 4));
            if (name.equals("mimetype")) {
                int end = deferred ? nextRecord(bytes, data, length) : (int) Math.min(data + size, length);
                stated = stated(bytes, data, end, number(bytes, position + 8, 2));
            }
            if (data + size > length) {
                return;
            }
            position = data + (int) size;
        }
    }

    /** As they should be: with slashes, and relative. */
    private static String name(byte[] bytes, int from, int length) {
        String name = new String(bytes, from, length, StandardCharsets.UTF_8).replace('\\', '/');
        return name.startsWith("/") ? name.substring(1) : name.startsWith("./") ? name.substring(2) : name;
    }

    /**
     * ODF (part 2, 3.3) and EPUB (OCF, 4.3) say their type in an entry of its own, neither packed nor encrypted;
     * whoever puts such a document together with an ordinary archiver packs it all the same.
     */
    private static @Nullable String stated(byte[] bytes, int from, int to, int method) {
        String text = from > to
                ? ""
                : switch (method) {
                    case STORED -> ascii(bytes, from, Math.min(to - from, MAX_STATED_TYPE));
                    case DEFLATED -> inflated(bytes, from, to);
                    default -> "";
                };
        String type = ContentTypes.parse(text);
        return type != null && !ContentTypes.isActive(type) && TikaTypes.isSpecialForm(type, ZIP) ? type : null;
    }

    private static String inflated(byte[] bytes, int from, int to) {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(bytes, from, to - from);
            byte[] text = new byte[MAX_STATED_TYPE];
            return ascii(text, 0, inflater.inflate(text));
        } catch (DataFormatException e) {
            return "";
        } finally {
            inflater.end();
        }
    }

    private static String ascii(byte[] bytes, int from, int count) {
        return new String(bytes, from, count, StandardCharsets.US_ASCII);
    }

    /** Where an entry ends at the latest whose length is given behind it; the end if no more is seen. */
    private static int nextRecord(byte[] bytes, int from, int length) {
        for (int i = from; i + 4 <= length; i++) {
            if (bytes[i] == 'P'
                    && bytes[i + 1] == 'K'
                    && bytes[i + 2] > 0
                    && bytes[i + 2] < 8
                    && bytes[i + 3] == bytes[i + 2] + 1) {
                return i;
            }
        }
        return length;
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
