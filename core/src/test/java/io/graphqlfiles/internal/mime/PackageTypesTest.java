package io.graphqlfiles.internal.mime;

import static io.graphqlfiles.internal.mime.Samples.cutZip;
import static io.graphqlfiles.internal.mime.Samples.entry;
import static io.graphqlfiles.internal.mime.Samples.hex;
import static io.graphqlfiles.internal.mime.Samples.joined;
import static io.graphqlfiles.internal.mime.Samples.ole;
import static io.graphqlfiles.internal.mime.Samples.zip;
import static io.graphqlfiles.internal.mime.Samples.zipOf;
import static io.graphqlfiles.internal.mime.Samples.zipStating;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Documents that are archives or compound files: told by what is inside, and by name and claim where that is not seen.
 */
class PackageTypesTest {

    private static final String DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private static final String PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation";

    private static String find(byte[] content, String claimed, String fileName) {
        return ContentTypes.find(content, content.length, claimed, fileName).get(0);
    }

    private static byte[] cut(String entries) {
        return cutZip(entries.split(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "word/numbering.xml word/document.xml word/media/image1.png, " + DOCX,
        "docProps/app.xml docProps/core.xml xl/theme/theme1.xml xl/worksheets/sheet1.xml, " + XLSX,
        "_rels/.rels xl/media/image1.png, " + XLSX,
        "ppt/presentation.xml ppt/media/image1.png, " + PPTX,
        "docProps/thumbnail.jpeg ppt/slides/slide1.xml, " + PPTX,
        "[Content_Types].xml visio/document.xml, application/vnd.ms-visio.drawing",
        "3D/3dmodel.model Metadata/thumbnail.png, model/3mf",
        "extension.vsixmanifest extension/a.js, application/vsix",
        "doc.kml files/a.png, application/vnd.google-earth.kmz",
        "META-INF/container.xml OEBPS/a.jpg, application/epub+zip",
        "META-INF/MANIFEST.MF A.class, application/java-archive",
        "AndroidManifest.xml res/a.png, application/vnd.android.package-archive",
        "word/document.xml word/vbaProject.bin, application/vnd.ms-word.document.macroenabled.12",
        "xl/workbook.bin xl/worksheets/sheet1.bin, application/vnd.ms-excel.sheet.binary.macroenabled.12",
        "[Content_Types].xml visio/vbaProject.bin, application/vnd.ms-visio.drawing.macroenabled.12",
        "/_rels/.rels /word/document.xml, " + DOCX,
        "./[Content_Types].xml ./xl/workbook.xml, " + XLSX,
        "[content_types].xml XL/Workbook.xml, " + XLSX,
        "_Rels/.Rels PPT/slides/slide1.xml, " + PPTX,
        "3d/3dModel.model a, model/3mf",
    })
    void zip_toldByEntriesInAnyOrder(String entries, String expected) {
        assertThat(find(cut(entries), null, null)).isEqualTo(expected);
        assertThat(find(cut(entries), "application/zip", "a.zip")).isEqualTo(expected);
        assertThat(find(cut(entries), "application/pdf", "a.pdf")).isEqualTo(expected);
        assertThat(find(zip(entries.replace('/', '\\').split(" ")), null, null)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "[trash]/0000.dat, a.docx, " + DOCX,
        "docProps/thumbnail.jpeg, a.xlsx, " + XLSX,
        "customXml/item1.xml, a.pptx, " + PPTX,
        "[Content_Types].xml, a.vsdx, application/vnd.ms-visio.drawing",
        "[Content_Types].xml, a.vsix, application/vsix",
        "Pictures/a.png, a.odt, application/vnd.oasis.opendocument.text",
        "Pictures/a.png, a.ods, application/vnd.oasis.opendocument.spreadsheet",
        "OEBPS/a.jpg, a.epub, application/epub+zip",
        "com/a.class, a.jar, application/java-archive",
        "res/a.png, a.apk, application/vnd.android.package-archive",
        "Metadata/thumbnail.png, a.3mf, model/3mf",
        "_rels/.rels, a.3mf, model/3mf",
        "files/a.png, a.kmz, application/vnd.google-earth.kmz",
        "Data/a.jpg, a.pages, application/vnd.apple.pages",
        "Data/a.jpg, a.numbers, application/vnd.apple.numbers",
        "Data/a.jpg, a.key, application/vnd.apple.keynote",
        "001.jpg, a.cbz, application/vnd.comicbook+zip",
        "word/document.xml, a.docm, application/vnd.ms-word.document.macroenabled.12",
        "word/document.xml, a.dotx, application/vnd.openxmlformats-officedocument.wordprocessingml.template",
        "xl/workbook.xml, a.xlsm, application/vnd.ms-excel.sheet.macroenabled.12",
        "xl/workbook.bin, a.xlsb, application/vnd.ms-excel.sheet.binary.macroenabled.12",
        "ppt/presentation.xml, a.ppsx, application/vnd.openxmlformats-officedocument.presentationml.slideshow",
        "visio/document.xml, a.vsdm, application/vnd.ms-visio.drawing.macroenabled.12",
        "visio/document.xml, a.vstx, application/vnd.ms-visio.template",
    })
    void zip_toldByNameOrClaim_whereTheEntriesThatTellAreOutOfSight(String entry, String fileName, String expected) {
        assertThat(find(cutZip(entry), null, fileName)).isEqualTo(expected);
        assertThat(find(cutZip(entry), "application/octet-stream", fileName)).isEqualTo(expected);
        assertThat(find(cutZip(entry), expected, null)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "application/x-iwork-pages-sffpages, application/vnd.apple.pages",
        "application/x-iwork-numbers-sffnumbers, application/vnd.apple.numbers",
        "application/x-iwork-keynote-sffkey, application/vnd.apple.keynote",
        "application/vnd.ms-package.3dmanufacturing-3dmodel+xml, model/3mf",
        "application/vnd.ms-3mfdocument, model/3mf",
        "application/x-zip, application/zip",
        "application/x-zip-compressed, application/zip",
        "multipart/x-zip, application/zip",
    })
    void zip_claimedByAnotherName(String claimed, String expected) {
        assertThat(find(cutZip("Metadata/a.jpg"), claimed, null)).isEqualTo(expected);
    }

    @Test
    void zip_thatIsSeenWhole_isNoDocumentForItsName() {
        assertThat(find(zip("a.txt"), DOCX, "a.docx")).isEqualTo("application/zip");
        assertThat(find(zip("a.txt"), "application/vnd.oasis.opendocument.text", "a.odt"))
                .isEqualTo("application/zip");
        assertThat(find(joined(hex("504b0506"), new byte[18]), DOCX, "a.docx")).isEqualTo("application/zip");
    }

    @Test
    void zip_ofPhotos_isNoOfficeDocumentForItsName() {
        assertThat(find(cutZip("photos/1.jpg"), DOCX, "a.docx")).isEqualTo("application/zip");
    }

    @Test
    void zip_ofOneProgram_isNoDocumentOfAnother() {
        assertThat(find(cut("_rels/.rels xl/workbook.xml"), DOCX, "a.docx")).isEqualTo(XLSX);
        assertThat(find(cut("_rels/.rels xl/workbook.xml"), "application/pdf", "a.odt"))
                .isEqualTo(XLSX);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/vnd.oasis.opendocument.text",
                "application/vnd.oasis.opendocument.spreadsheet",
                "application/vnd.oasis.opendocument.presentation",
                "application/epub+zip"
            })
    void zip_thatStatesItsType(String type) {
        assertThat(find(zipStating(type), null, null)).isEqualTo(type);
        assertThat(find(zipStating(type, "content.xml", "META-INF/manifest.xml"), null, "a.zip"))
                .isEqualTo(type);
    }

    /** By an ordinary archiver, or as a stream whose lengths stand behind the entries. */
    @ParameterizedTest
    @ValueSource(strings = {"application/vnd.oasis.opendocument.spreadsheet", "application/epub+zip"})
    void zip_thatStatesItsType_packed(String type) {
        byte[] packed = zipOf(entry("mimetype", type), entry("content.xml", "<x/>"));
        byte[] last = zipOf(entry("content.xml", "<x/>"), entry("mimetype", type + "\n"));
        byte[] streamed = joined(
                hex("504b0304 0a00 0800 0000 00000000 00000000 00000000 00000000 0800 0400"),
                Samples.text("mimetype"),
                hex("feca0000"),
                Samples.text(type),
                hex("504b0708 00000000"),
                littleEndian(type.length()),
                littleEndian(type.length()),
                zip("content.xml"));

        for (byte[] content : new byte[][] {packed, last, streamed}) {
            assertThat(find(content, null, null)).isEqualTo(type);
            assertThat(find(content, "application/zip", "a.zip")).isEqualTo(type);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "image/svg+xml", "image/png", "application/xhtml+xml", "", "x"})
    void zip_thatStatesWhatItIsNot(String type) {
        assertThat(find(zipStating(type), type, "a.html")).isEqualTo("application/zip");
        assertThat(find(zipOf(entry("mimetype", type)), type, "a.html")).isEqualTo("application/zip");
    }

    @Test
    void zip_thatStatesSomethingEndless() {
        assertThat(find(zipOf(entry("mimetype", "x".repeat(1_000_000))), null, null))
                .isEqualTo("application/zip");
    }

    @Test
    void zip_openDocument_thatForgetsToStateItsType_toldByNameOrClaim() {
        byte[] content = zip("content.xml", "styles.xml", "META-INF/manifest.xml");

        assertThat(find(content, null, "a.odt")).isEqualTo("application/vnd.oasis.opendocument.text");
        assertThat(find(content, "application/vnd.oasis.opendocument.spreadsheet", null))
                .isEqualTo("application/vnd.oasis.opendocument.spreadsheet");
        assertThat(find(content, null, null)).isEqualTo("application/zip");
        assertThat(find(content, null, "a.docx")).isEqualTo("application/zip");
        assertThat(find(zip("content.xml"), null, "a.odt")).isEqualTo("application/zip");
    }

    @Test
    void zip_withMacros_isNoDocumentWithoutForItsName() {
        assertThat(find(zip("word/document.xml", "word/vbaProject.bin"), DOCX, "a.docx"))
                .isEqualTo("application/vnd.ms-word.document.macroenabled.12");
        assertThat(find(zip("xl/workbook.bin"), XLSX, "a.xlsx"))
                .isEqualTo("application/vnd.ms-excel.sheet.binary.macroenabled.12");
    }

    @Test
    void zip_thatWasToBeCutIntoSeveral() {
        assertThat(find(joined(Samples.text("PK00"), zip("a.txt")), null, null)).isEqualTo("application/zip");
        assertThat(find(joined(hex("504b0708"), zip("word/document.xml")), null, null))
                .isEqualTo(DOCX);
    }

    /** An entry that is an archive itself must not lend it its own entries. */
    @Test
    void zip_insideAnArchive_doesNotCount() {
        byte[] inner = zip("[Content_Types].xml", "word/document.xml");
        byte[] header = hex("504b0304 0a00 0000 0000 00000000 00000000");
        byte[] sizes = joined(littleEndian(inner.length), littleEndian(inner.length), hex("0500 0000"));
        byte[] outer = joined(header, sizes, Samples.text("a.doc"), inner, hex("504b0102"), new byte[60]);

        assertThat(find(outer, null, null)).isEqualTo("application/zip");
    }

    private static byte[] littleEndian(int number) {
        return new byte[] {(byte) number, (byte) (number >> 8), (byte) (number >> 16), (byte) (number >> 24)};
    }

    @ParameterizedTest
    @CsvSource({
        "WordDocument 1Table, application/msword",
        "a b c d e f Workbook, application/vnd.ms-excel",
        "Book, application/vnd.ms-excel",
        "PowerPoint_Document, application/vnd.ms-powerpoint",
        "VisioDocument, application/vnd.visio",
        "__properties_version1.0, application/vnd.ms-outlook",
        "other, application/x-ole-storage",
    })
    void ole_toldByItsStreams(String streams, String expected) {
        byte[] content = ole(streams.replace('_', ' ')
                .replace("  properties version", "__properties_version")
                .split(" (?!Document)"));

        assertThat(find(content, null, null)).isEqualTo(expected);
        assertThat(find(content, DOCX, "a.docx")).isEqualTo(expected);
        assertThat(find(content, "application/pdf", "a.pdf")).isEqualTo(expected);
    }

    @Test
    void ole_installer_toldByItsClass() {
        byte[] content = Samples.oleOfClass("84100c0000000000c000000000000046", "x");

        assertThat(find(content, null, null)).isEqualTo("application/x-ms-installer");
    }

    @ParameterizedTest
    @CsvSource({
        "a.msg, application/vnd.ms-outlook",
        "a.doc, application/msword",
        "a.xls, application/vnd.ms-excel",
        "a.ppt, application/vnd.ms-powerpoint",
        "a.msi, application/x-ms-installer",
        "a.docx, " + DOCX,
        "a.pdf, application/x-ole-storage",
        "a, application/x-ole-storage",
    })
    void ole_whoseDirectoryIsOutOfSight_toldByName(String fileName, String expected) {
        assertThat(find(ole(), null, fileName)).isEqualTo(expected);
    }

    @Test
    void ole_encryptedPackage_keepsNameAndClaim() {
        byte[] content = ole("EncryptionInfo", "EncryptedPackage");

        assertThat(find(content, null, "a.xlsx")).isEqualTo(XLSX);
        assertThat(find(content, DOCX, null)).isEqualTo(DOCX);
        assertThat(find(content, "", "a.pptx")).isEqualTo(PPTX);
        assertThat(find(content, "application/pdf", "a.pdf")).isEqualTo("application/x-ole-storage");
        assertThat(find(content, null, null)).isEqualTo("application/x-ole-storage");
    }

    /** The chain of its directory comes back to itself, and its entries have numbers that lie far out on it. */
    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void ole_madeToBeFollowedForHours_isLeftAtOnce() {
        ByteBuffer file = ByteBuffer.wrap(ole("a", "b", "c")).order(ByteOrder.LITTLE_ENDIAN);
        int far = Integer.MAX_VALUE - 3;
        file.putInt(512 + 4, 1); // the sector that follows the first one of the directory
        file.putInt(1024 + 0x4c, far + 1);
        for (int entry = 1; entry < 4; entry++) {
            file.putInt(1024 + 128 * entry + 0x44, far - 8 * entry + 2);
            file.putInt(1024 + 128 * entry + 0x48, far - 8 * entry + 3);
        }

        assertThat(find(file.array(), null, null)).isEqualTo("application/x-ole-storage");
    }

    @Test
    void brokenFiles_areRead() {
        byte[] zip = zip("a", "b");
        byte[] ole = ole("WordDocument", "b", "c", "d", "e");
        for (byte[] whole : new byte[][] {zip, ole}) {
            for (int i = 4; i < whole.length; i++) {
                byte[] broken = whole.clone();
                broken[i] = (byte) 0xff;

                assertThat(find(broken, null, null)).isNotNull();
                assertThat(ContentTypes.find(whole, i, DOCX, "a.docx")).isNotEmpty();
            }
        }
    }
}
