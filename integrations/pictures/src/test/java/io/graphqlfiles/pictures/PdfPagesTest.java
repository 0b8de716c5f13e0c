package io.graphqlfiles.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graphqlfiles.pictures.internal.pdf.PdfPages;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.media.FileAnalyzer;
import io.graphqlfiles.spi.media.FileFacts;
import io.graphqlfiles.testkit.FaultyBlobStore.Operation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PdfPagesTest {

    private static final String PDF = "application/pdf";
    private static final String ROOT = "/Root 1 0 R ";

    private final PictureAnalyzer analyzer = PictureAnalyzer.create();

    @TempDir
    private Path directory;

    private static Stored stored(byte[] pdf) throws IOException {
        return new Stored(PDF, pdf);
    }

    /** As the library asks, and as if the file had been too long for its head. */
    private @Nullable Integer pages(byte[] pdf) throws IOException {
        Stored stored = stored(pdf);
        FileFacts facts = stored.facts(analyzer);
        assertThat(analyzer.analyze(stored.content, FileFacts.none())).isEqualTo(facts);
        assertThat(stored.store.openStreams()).isZero();
        return facts.pages();
    }

    private static PDDocument document(int pages, int bytesOfEach) throws IOException {
        PDDocument document = new PDDocument();
        Random random = new Random(pages);
        for (int i = 0; i < pages; i++) {
            PDPage page = new PDPage();
            byte[] content = new byte[bytesOfEach];
            random.nextBytes(content);
            PDStream stream = new PDStream(document);
            try (OutputStream out = stream.createOutputStream()) {
                out.write(content);
            }
            page.setContents(stream);
            document.addPage(page);
        }
        return document;
    }

    private static byte[] written(PDDocument document, boolean withObjectStreams) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        document.save(
                out, withObjectStreams ? CompressParameters.DEFAULT_COMPRESSION : CompressParameters.NO_COMPRESSION);
        document.close();
        return out.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({"1, false", "1, true", "7, false", "7, true", "1000, false", "1000, true"})
    void ofPdfbox_isAsManyAsItHas(int pages, boolean withObjectStreams) throws IOException {
        byte[] pdf = written(document(pages, 10), withObjectStreams);

        assertThat(pages(pdf)).isEqualTo(pages);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void small_isInTheHead(boolean withObjectStreams) throws IOException {
        Stored stored = stored(written(document(3, 100), withObjectStreams));

        assertThat(stored.facts(analyzer)).isEqualTo(FileFacts.none().withPages(3));
        assertThat(stored.opened()).isZero();
    }

    /** What it costs: the end, and where the catalog and the pages are. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void large_costsThreeRangesAtMost(boolean withObjectStreams) throws IOException {
        Stored stored = stored(written(document(300, 20_000), withObjectStreams));

        assertThat(stored.content.byteSize()).isGreaterThan(5_000_000);
        assertThat(stored.facts(analyzer).pages()).isEqualTo(300);
        assertThat(stored.opened()).isBetween(1, 3);
        assertThat(stored.store.openStreams()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void changedByPdfbox_newestCounts(boolean withObjectStreams) throws IOException {
        byte[] before = written(document(3, 40_000), withObjectStreams);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PDDocument document = Loader.loadPDF(before)) {
            document.addPage(new PDPage());
            document.saveIncremental(out);
        }
        byte[] after = out.toByteArray();

        assertThat(after).startsWith(before);
        try (PDDocument document = Loader.loadPDF(after)) {
            assertThat(document.getNumberOfPages()).isEqualTo(4);
        }
        assertThat(pages(after)).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({"false, 5", "true, "})
    void encrypted_isKnownIfTheTreeIsNotWithinAStream(boolean withObjectStreams, @Nullable Integer expected)
            throws IOException {
        PDDocument document = document(5, 10);
        StandardProtectionPolicy policy = new StandardProtectionPolicy("owner", "user", new AccessPermission());
        policy.setEncryptionKeyLength(256);
        document.protect(policy);

        assertThat(pages(written(document, withObjectStreams))).isEqualTo(expected);
    }

    @Test
    void ofPopplerAndCairo_isAsManyAsTheyHave() throws Exception {
        Files.write(directory.resolve("a.pdf"), written(document(2, 0), false));
        Files.write(directory.resolve("b.pdf"), written(document(3, 0), true));

        Commands.run(directory, "pdfunite", "a.pdf", "b.pdf", "united.pdf");
        assertThat(pages(Files.readAllBytes(directory.resolve("united.pdf")))).isEqualTo(5);

        Commands.run(directory, "pdfseparate", "-f", "2", "-l", "2", "united.pdf", "page-%d.pdf");
        assertThat(pages(Files.readAllBytes(directory.resolve("page-2.pdf")))).isEqualTo(1);

        Commands.run(directory, "pdftocairo", "-pdf", "united.pdf", "drawn.pdf");
        assertThat(pages(Files.readAllBytes(directory.resolve("drawn.pdf")))).isEqualTo(5);
    }

    private static byte[] plain(Object count) {
        PdfWriter pdf = PdfWriter.document(count);
        int position = pdf.position();
        return pdf.table(ROOT).end(position);
    }

    private static byte[] inStreams(Object count) {
        PdfWriter pdf = new PdfWriter().objects(10, 1, "<< /Pages 2 0 R >>", PdfWriter.tree(count));
        int position = pdf.position();
        return pdf.tableStream(ROOT).end(position);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-3", "3.5", "(12)", "10000001", "99999999999999999999", "null", "/Count", "[3]"})
    void countThatIsNone_isNotKnown(String count) throws IOException {
        assertThat(pages(plain(count))).isNull();
        assertThat(pages(inStreams(count))).isNull();
    }

    /** It is believed, as viewers believe it: nobody walks through the pages. */
    @Test
    void countThatIsWrong_isBelieved() throws IOException {
        assertThat(pages(plain(10_000_000))).isEqualTo(10_000_000);
        assertThat(pages(inStreams(12))).isEqualTo(12);
    }

    @Test
    void countThatIsAnObject_isFound() throws IOException {
        PdfWriter pdf = PdfWriter.document("4 0 R").object(4, "77");
        int position = pdf.position();

        assertThat(pages(pdf.table(ROOT).end(position))).isEqualTo(77);
    }

    @Test
    void valuesOfAllKinds_arePassedOver() throws IOException {
        PdfWriter pdf = new PdfWriter()
                .object(1, """
                        << % a comment with >> and (
                        /Title (a \\) b (nested) >> \\\\) /Id <0aF> /P#61ges 2 0 R/Nothing null/True true
                        /Real[-.5 +1. 3.]/Deep[[/Count<</Count 4>>[[]]]]/Empty<<>>/Zero 0/ 5
                        >>""")
                .object(2, "<</Count 6/Kids[" + "3 0 R ".repeat(100_000) + "]/Type/Pages>>");
        int position = pdf.position();

        assertThat(pages(pdf.table(ROOT).end(position))).isEqualTo(6);
    }

    @Test
    void sections_newestFirst() throws IOException {
        PdfWriter pdf = PdfWriter.document(3);
        int first = pdf.position();
        pdf.table(ROOT).end(first);
        pdf.object(2, PdfWriter.tree(4));
        int second = pdf.position();
        pdf.tableStream(ROOT + "/Prev " + first).end(second);
        pdf.object(4, "<< >>");
        int third = pdf.position();

        assertThat(pages(pdf.table(ROOT + "/Prev " + second).end(third))).isEqualTo(4);
    }

    @Test
    void deletedPages_areNone() throws IOException {
        PdfWriter pdf = PdfWriter.document(3);
        int first = pdf.position();
        pdf.table(ROOT).end(first);
        int second = pdf.position();

        assertThat(pages(pdf.deleted(2).table(ROOT + "/Prev " + first).end(second)))
                .isNull();
    }

    /** Objects that readers before PDF 1.5 do not see. */
    @Test
    void hybrid_isReadAsReadersOfStreamsDo() throws IOException {
        PdfWriter pdf = new PdfWriter();
        int catalog = pdf.position();
        pdf.object(1, "<< /Type /Catalog /Pages 2 0 R >>").objects(10, 2, PdfWriter.tree(8));
        int stream = pdf.position();
        pdf.tableStream("");
        int table = pdf.position();
        pdf.isAt(1, 1, catalog, 0).deleted(2);

        assertThat(pages(pdf.table(ROOT + "/XRefStm " + stream).end(table))).isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void filtersOfPng_areUndone(int filter) throws IOException {
        PdfWriter pdf = new PdfWriter().filler(70_000).objects(10, 1, "<< /Pages 2 0 R >>", PdfWriter.tree(9));
        for (int i = 20; i < 90; i++) {
            pdf.isAt(i, 1, i * 7919L, i);
        }
        int position = pdf.position();

        assertThat(pages(pdf.tableStream(ROOT, row -> filter == 5 ? row % 5 : filter)
                        .end(position)))
                .isEqualTo(9);
    }

    @Test
    void streamsThatAreNotCompressed_areRead() throws IOException {
        PdfWriter pdf = new PdfWriter();
        int container = pdf.position();
        pdf.text("10 0 obj << /Type /ObjStm /N 2 /First 8 /Filter [] >> stream\n1 0 2 19<< /Pages 2 0 R >>  "
                + PdfWriter.tree(5) + "\nendstream endobj\n");
        int position = pdf.position();
        pdf.text("98 0 obj << /Type /XRef /W [1 2 0] /Size 11 " + ROOT + " /Filter null >> stream\n")
                .bytes(new byte[3])
                .bytes(new byte[] {2, 0, 10, 2, 0, 10})
                .bytes(new byte[21])
                .bytes(new byte[] {1, (byte) (container >> 8), (byte) container})
                .text("\nendstream endobj\n");

        assertThat(pages(pdf.end(position))).isEqualTo(5);
    }

    /** As some writers do, and all readers bear. */
    @Test
    void tablesThatAreNotQuiteRight_areRead() throws IOException {
        PdfWriter short19 = PdfWriter.document(2);
        int position = short19.position();
        assertThat(pages(short19.table(ROOT, "\n").end(position))).isEqualTo(2);

        PdfWriter fromOne = new PdfWriter();
        int catalog = fromOne.position();
        fromOne.object(1, "<< /Pages 2 0 R >>");
        int tree = fromOne.position();
        fromOne.object(2, PdfWriter.tree(2));
        position = fromOne.position();
        fromOne.text("xref\n1 3\n0000000000 65535 f\r\n" + String.format("%010d 00000 n\r\n", catalog)
                + String.format("%010d 00000 n\r\n", tree) + "trailer << /Root 1 0 R >>\n");
        assertThat(pages(fromOne.end(position))).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 300, 1000})
    void junkInFrontAndBehind_isPassedOver(int length) throws IOException {
        byte[] junk = new byte[length];
        Arrays.fill(junk, (byte) 'j');
        for (byte[] pdf : new byte[][] {plain(3), inStreams(3), withFiller(100_000)}) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes(junk);
            out.writeBytes(pdf);
            out.writeBytes(junk);
            assertThat(pages(out.toByteArray())).isEqualTo(3);
        }

        // Positions may also count from the first byte.
        PdfWriter absolute = new PdfWriter()
                .text(" ".repeat(length))
                .object(1, "<< /Pages 2 0 R >>")
                .object(2, PdfWriter.tree(3));
        int position = absolute.position();
        byte[] pdf = absolute.table(ROOT).end(position);
        System.arraycopy(junk, 0, pdf, 0, length);
        System.arraycopy(Samples.ascii("%PDF-"), 0, pdf, length, 5);
        assertThat(pages(pdf)).isEqualTo(3);
    }

    private static byte[] withFiller(int length) {
        PdfWriter pdf = PdfWriter.document(3).filler(length);
        int position = pdf.position();
        return pdf.table(ROOT).end(position);
    }

    /** A file for the web, of which the end is not needed. */
    private static byte[] linearized(int pages, int wrong, int filler) {
        byte[] pdf = new byte[0];
        for (int i = 0; i < 2; i++) {
            PdfWriter writer = new PdfWriter()
                    .object(
                            20,
                            "<< /Linearized 1 /L " + String.format("%09d", pdf.length + wrong) + " /N " + pages + " >>")
                    .object(1, "<< /Pages 2 0 R >>")
                    .object(2, PdfWriter.tree(4))
                    .filler(filler);
            int position = writer.position();
            pdf = writer.table(ROOT).end(position);
        }
        return pdf;
    }

    @Test
    void forTheWeb_isKnownByTheHead() throws IOException {
        Stored small = stored(linearized(5, 0, 10));
        assertThat(small.facts(analyzer).pages()).isEqualTo(5);
        assertThat(small.opened()).isZero();

        Stored large = stored(linearized(5, 0, 500_000));
        assertThat(large.facts(analyzer).pages()).isEqualTo(5);
        assertThat(large.opened()).isEqualTo(1);
    }

    /** Its first object is of a file that it is no more. */
    @ParameterizedTest
    @ValueSource(ints = {10, 500_000})
    void forTheWeb_changedSince_isReadFromItsEnd(int filler) throws IOException {
        Stored changed = stored(linearized(5, -1, filler));

        assertThat(changed.facts(analyzer).pages()).isEqualTo(4);
        assertThat(changed.opened()).isBetween(0, 3);

        byte[] damaged = linearized(5, -1, filler);
        assertThat(stored(Arrays.copyOf(damaged, damaged.length - 30)).facts(analyzer))
                .isEqualTo(FileFacts.none());
    }

    @Test
    void head_saysWhetherMoreIsNeeded() {
        byte[] large = Arrays.copyOf(linearized(5, 0, 500_000), 65_536);

        assertThat(analyzer.analyzes(PDF)).isTrue();
        assertThat(analyzer.analyzeHead(PDF, plain(3)))
                .isEqualTo(new FileAnalyzer.Analysis(FileFacts.none().withPages(3), true));
        assertThat(analyzer.analyzeHead(PDF, Samples.ascii("%PDF-1.7\n")))
                .isEqualTo(new FileAnalyzer.Analysis(FileFacts.none(), true));
        assertThat(analyzer.analyzeHead(PDF, large).isComplete()).isFalse();
    }

    @Test
    void lengthOfTheHead_orOneMoreOrLess_isRead() throws IOException {
        int rest = withFiller(60_000).length - 60_000;
        for (int length = 65_535; length <= 65_537; length++) {
            byte[] pdf = withFiller(length - rest);
            assertThat(pdf).hasSize(length);
            assertThat(pages(pdf)).isEqualTo(3);
        }
    }

    /** Of a large table only the lines that are needed are read. */
    @Test
    void tableOfAMillionObjects_costsAFewRanges() throws IOException {
        PdfWriter pdf = new PdfWriter();
        int catalog = pdf.position();
        pdf.text("999998 0 obj << /Pages 500000 0 R >> endobj\n");
        int tree = pdf.position();
        pdf.text("500000 0 obj " + PdfWriter.tree(6) + " endobj\n");
        int position = pdf.position();
        byte[] lines = Samples.ascii("0000000000 00000 n \n".repeat(1_000_000));
        System.arraycopy(Samples.ascii(String.format("%010d", catalog)), 0, lines, 20 * 999_998, 10);
        System.arraycopy(Samples.ascii(String.format("%010d", tree)), 0, lines, 20 * 500_000, 10);
        pdf.text("xref\n0 1000000\n").bytes(lines).text("trailer << /Root 999998 0 R >>\n");
        Stored stored = stored(pdf.end(position));

        assertThat(stored.facts(analyzer).pages()).isEqualTo(6);
        assertThat(stored.opened()).isBetween(1, 4);
    }

    @Test
    void tableStreamOfAMillionObjects_isRead() throws IOException {
        PdfWriter pdf = new PdfWriter();
        byte[] rows = new byte[1_000_000 * 6];
        Random random = new Random(1);
        for (int i = 0; i < 1_000_000; i++) {
            rows[i * 6] = 2;
            rows[i * 6 + 1] = 1;
            rows[i * 6 + 4] = (byte) random.nextInt(2);
        }
        int tree = pdf.position();
        pdf.text("500000 0 obj " + PdfWriter.tree(6) + " endobj\n");
        int catalog = pdf.position();
        pdf.text("999998 0 obj << /Pages 500000 0 R >> endobj\n");
        set(rows, 500_000, tree);
        set(rows, 999_998, catalog);
        int position = pdf.position();
        pdf.stream(
                98,
                "/Type /XRef /Size 1000000 /W [1 4 0] /Root 999998 0 R /DecodeParms << /Predictor 15 /Columns 5 >>",
                rows);
        Stored stored = stored(pdf.end(position));

        assertThat(stored.facts(analyzer).pages()).isEqualTo(6);
        assertThat(stored.opened()).isBetween(1, PdfPages.MOST_RANGES);
    }

    private static void set(byte[] rows, int number, int place) {
        rows[number * 6] = 0;
        rows[number * 6 + 1] = 1;
        rows[number * 6 + 2] = (byte) (place >> 24);
        rows[number * 6 + 3] = (byte) (place >> 16);
        rows[number * 6 + 4] = (byte) (place >> 8);
        rows[number * 6 + 5] = (byte) place;
        // The next row does not go on from this one.
        rows[(number + 1) * 6] = 0;
    }

    @Test
    void storeThatBreaksOff_isNoDamagedFile() throws IOException {
        Stored stored = stored(withFiller(500_000));
        stored.store.fail(Operation.OPEN).afterBytes(1000);
        assertThatThrownBy(() -> stored.facts(analyzer)).isInstanceOf(IOException.class);
        assertThat(stored.store.openStreams()).isZero();

        Stored second = stored(withFiller(500_000));
        second.store.fail(Operation.OPEN).atCall(2).before();
        assertThatThrownBy(() -> second.facts(analyzer)).isInstanceOf(BlobStoreException.class);
        assertThat(second.store.openStreams()).isZero();
    }

    @Test
    void truncatedAnywhere_isNotKnown() throws IOException {
        for (byte[] pdf : new byte[][] {plain(3), inStreams(3)}) {
            int end = new String(pdf, StandardCharsets.ISO_8859_1).lastIndexOf("startxref") + 10;
            for (int length = 0; length < end; length++) {
                assertThat(pages(Arrays.copyOf(pdf, length)))
                        .as("of %s bytes", length)
                        .isNull();
            }
        }
    }
}
