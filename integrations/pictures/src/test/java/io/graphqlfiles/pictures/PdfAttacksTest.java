package io.graphqlfiles.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.graphqlfiles.pictures.internal.pdf.PdfPages;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.spi.media.FileFacts;
import io.graphqlfiles.spi.media.StoredContent;
import io.graphqlfiles.testkit.FaultyBlobStore.Operation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PDFs that were made to cost what they must not cost. */
class PdfAttacksTest {

    private static final String PDF = "application/pdf";
    private static final String ROOT = "/Root 1 0 R ";

    /** What a file may take in memory, over the whole time: the ranges, and what is made of them and thrown away. */
    private static final long MOST_ALLOCATED = 256L << 20;

    private static final long SECONDS = 1_000_000_000L;

    /** Short, and inflated more than is looked at. */
    private static final byte[] BOMB = PdfWriter.deflated(new byte[2 * PdfPages.MOST_WORK]);

    private final PictureAnalyzer analyzer = PictureAnalyzer.create();

    /** What the head and the store tell, within bounds. */
    private @Nullable Integer pages(byte[] pdf) throws IOException {
        Stored stored = new Stored(PDF, pdf);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = threads.getCurrentThreadAllocatedBytes();
        long time = threads.getCurrentThreadCpuTime();

        FileFacts facts = analyzer.analyze(stored.content, FileFacts.none());

        assertThat(threads.getCurrentThreadCpuTime() - time).as("time").isLessThan(5 * SECONDS);
        assertThat(threads.getCurrentThreadAllocatedBytes() - allocated)
                .as("memory")
                .isLessThan(MOST_ALLOCATED);
        assertThat(stored.opened()).isLessThanOrEqualTo(PdfPages.MOST_RANGES);
        assertThat(stored.store.openStreams()).isZero();
        assertThat(stored.facts(analyzer)).isEqualTo(facts);
        return facts.pages();
    }

    private static byte[] section(String dictionary, byte[] content) {
        PdfWriter pdf = new PdfWriter();
        int position = pdf.position();
        return pdf.text("9 0 obj << /Type /XRef " + ROOT + dictionary + " >> stream\n")
                .bytes(content)
                .text("\nendstream endobj\n")
                .end(position);
    }

    @Test
    void bombInTheTable_isNotInflatedToItsEnd() throws IOException {

        assertThat(pages(section("/W [1 4 2] /Index [2000000000 100000000 1 1] /Filter /FlateDecode", BOMB)))
                .isNull();
        assertThat(pages(section("/W [1 4 2] /Index [2 2000000000 1 1] /Filter /FlateDecode", BOMB)))
                .isNull();
        assertThat(pages(section(
                        "/W [1 4 2] /Index [2 2000000000 1 1] /Filter [/FlateDecode]"
                                + " /DecodeParms [<< /Predictor 12 /Columns 1 >>]",
                        BOMB)))
                .isNull();
    }

    @Test
    void bombAmongTheObjects_isNotInflatedToItsEnd() throws IOException {
        for (String header :
                new String[] {"/First 0 /N 1000000000", "/First 999999999999999999 /N 1", "/First 500000000 /N 1"}) {
            PdfWriter pdf = new PdfWriter();
            int container = pdf.position();
            pdf.text("10 0 obj << /Type /ObjStm /Filter /FlateDecode " + header + " >> stream\n")
                    .bytes(BOMB)
                    .text("\nendstream endobj\n");
            int position = pdf.position();
            assertThat(pages(pdf.isAt(10, 1, container, 0)
                            .isAt(1, 2, 10, 0)
                            .isAt(2, 2, 10, 1)
                            .tableStream(ROOT)
                            .end(position)))
                    .isNull();
        }
    }

    /** Nothing comes out of it, however long it goes on. */
    @Test
    void emptyBlocks_areCounted() throws IOException {
        ByteArrayOutputStream blocks = new ByteArrayOutputStream();
        blocks.writeBytes(new byte[] {0x78, (byte) 0x9c});
        for (int i = 0; i < 800_000; i++) {
            blocks.writeBytes(new byte[] {0, 0, 0, -1, -1});
        }
        assertThat(pages(section("/W [1 4 2] /Size 10 /Filter /FlateDecode", blocks.toByteArray())))
                .isNull();
    }

    @Test
    void sectionsInACircle_end() throws IOException {
        for (String refersTo : new String[] {"/Prev ", "/XRefStm "}) {
            PdfWriter itself = new PdfWriter();
            int position = itself.position();
            assertThat(pages(itself.table(ROOT + refersTo + position).end(position)))
                    .isNull();

            PdfWriter two = new PdfWriter();
            int first = two.position();
            two.tableStream(ROOT + refersTo + 1000);
            two.text(" ".repeat(1000 - two.position()));
            assertThat(pages(two.table(ROOT + refersTo + first).end(1000))).isNull();
        }
    }

    @Test
    void thousandsOfSections_end() throws IOException {
        PdfWriter pdf = new PdfWriter();
        int previous = 0;
        for (int i = 0; i < 5000; i++) {
            int position = pdf.position();
            pdf.table(ROOT + "/Prev " + previous);
            previous = position;
        }
        assertThat(pages(pdf.end(previous))).isNull();
    }

    @Test
    void objectsThatContainThemselves_end() throws IOException {
        for (String[] objects : new String[][] {
            {"1 0 R", "2 0 R"},
            {"<< /Pages 1 0 R >>", "<< >>"},
            {"<< /Pages 2 0 R >>", "<< /Kids [2 0 R] /Parent 2 0 R /Count 2 0 R >>"},
            {"<< /Pages 2 0 R >>", "2 0 R"}
        }) {
            PdfWriter plain = new PdfWriter().object(1, objects[0]).object(2, objects[1]);
            int position = plain.position();
            assertThat(pages(plain.table(ROOT).end(position))).isNull();

            PdfWriter inStreams = new PdfWriter().objects(10, 1, objects);
            position = inStreams.position();
            assertThat(pages(inStreams.tableStream(ROOT).end(position))).isNull();
        }

        // A stream of objects that is in itself, or in another.
        PdfWriter pdf = new PdfWriter().objects(10, 1, "<< /Pages 2 0 R >>", PdfWriter.tree(3));
        int position = pdf.position();
        assertThat(pages(pdf.isAt(10, 2, 10, 0).tableStream(ROOT).end(position)))
                .isNull();
    }

    @Test
    void valuesInValues_end() throws IOException {
        for (String deep : new String[] {"[", "<<", "<</A", "[<<", "("}) {
            PdfWriter pdf =
                    new PdfWriter().object(1, "<< /A " + deep.repeat(500_000)).object(2, PdfWriter.tree(1));
            int position = pdf.position();
            assertThat(pages(pdf.table(ROOT).end(position))).isNull();
            assertThat(pages(Samples.ascii("%PDF-1.7\n1 0 obj " + deep.repeat(20_000))))
                    .isNull();
        }
    }

    /** What would take the most memory of what can be written shortly. */
    @Test
    void hugeValues_areNotKept() throws IOException {
        for (String value : new String[] {"/A ", "1 ", "[]", "<<>>", "() ", "1 0 R "}) {
            PdfWriter pdf = new PdfWriter()
                    .object(1, "<< /Pages 2 0 R /List [" + value.repeat(300_000) + "] >>")
                    .object(2, PdfWriter.tree(7));
            int position = pdf.position();
            assertThat(pages(pdf.table(ROOT).end(position))).as(value).isIn(7, null);

            PdfWriter many = new PdfWriter().object(1, "<< /Pages 2 0 R " + ("/B " + value).repeat(100_000) + " >>");
            position = many.position();
            assertThat(pages(many.table(ROOT).end(position))).as(value).isNull();
        }
        assertThat(pages(section("/W [1 1 1] /Index [" + "1 1 ".repeat(300_000) + "]", new byte[9])))
                .isNull();
        assertThat(pages(section("/W [1 1 1] /Size 2 /" + "A".repeat(1_000_000) + " 1", new byte[9])))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/W [9 9 9] /Size 10",
                "/W [1 4 999999999999] /Size 10",
                "/W [1000000000 1000000000 1000000000] /Size 10",
                "/W [-1 4 2] /Size 10",
                "/W [0 0 0] /Size 10",
                "/W [1 4] /Size 10",
                "/W [] /Size 10",
                "/W 5 /Size 10",
                "/Size 10",
                "/W [8 8 8] /Size 999999999999999999",
                "/W [8 8 8] /Size -5",
                "/W [8 8 8]",
                "/W [1 4 2] /Index [-9 100]",
                "/W [1 4 2] /Index [0 999999999999999999]",
                "/W [1 4 2] /Index [0 2147483647 0 2147483647 0 2147483647]",
                "/W [1 4 2] /Index [1]",
                "/W [1 4 2] /Index []",
                "/W [1 4 2] /Index 4",
                "/W [1 4 2] /Size 10 /Filter /LZWDecode",
                "/W [1 4 2] /Size 10 /Filter [/FlateDecode /FlateDecode]",
                "/W [1 4 2] /Size 10 /Filter 5 0 R",
                "/W [1 4 2] /Size 10 /Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 999999999999 >>",
                "/W [1 4 2] /Size 10 /Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns -1 >>",
                "/W [1 4 2] /Size 10 /Filter /FlateDecode /DecodeParms << /Predictor 12 /Colors 99999999 >>",
                "/W [1 4 2] /Size 10 /Filter /FlateDecode /DecodeParms << /Predictor 12 /BitsPerComponent 0 >>",
                "/W [1 4 2] /Size 10 /Filter /FlateDecode /DecodeParms << /Predictor 2 /Columns 7 >>",
                "/W [1 4 2] /Size 10 /Filter /FlateDecode /DecodeParms << /Predictor 16 /Columns 7 >>",
            })
    void numbersThatMakeNoSense_areDamage(String dictionary) throws IOException {
        byte[] content = new byte[300];
        Arrays.fill(content, (byte) 0xff);
        assertThat(pages(section(dictionary, content))).isNull();
        assertThat(pages(section(dictionary, PdfWriter.deflated(content)))).isNull();
        assertThat(pages(section(dictionary, new byte[300]))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "0",
                "5",
                "999999999",
                "9223372036854775807",
                "999999999999999999",
                "-999999999999999999",
                "99999999999999999999999",
                "4.5",
                "x",
                ""
            })
    void positionsOutsideTheFile_areDamage(String position) throws IOException {
        PdfWriter start = PdfWriter.document(3).table(ROOT);
        assertThat(pages(start.text("startxref\n" + position + "\n%%EOF\n").bytes()))
                .isNull();

        PdfWriter previous = new PdfWriter();
        int table = previous.position();
        assertThat(pages(previous.table(ROOT + "/Prev " + position).end(table))).isNull();

        PdfWriter hidden = new PdfWriter();
        table = hidden.position();
        assertThat(pages(hidden.table(ROOT + "/XRefStm " + position).end(table)))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0 999999999\n0000000000 65535 f \n",
                "0 999999999999999999\n0000000000 65535 f \n",
                "-5 10\n0000000000 65535 f \n",
                "0 10\n",
                "0 1\n9999999999 99999 n",
                "1 1\n9999999999 00000 n \n",
                "1 1\n00000000xx 00000 n \n",
                "0 0\n0 0\n0 0\n",
                "x"
            })
    void tablesThatMakeNoSense_areDamage(String table) throws IOException {
        PdfWriter pdf = new PdfWriter();
        int position = pdf.position();
        assertThat(pages(pdf.text("xref\n" + table + "trailer << " + ROOT + " >>\n")
                        .end(position)))
                .isNull();
    }

    @Test
    void thousandsOfSubsections_end() throws IOException {
        PdfWriter pdf = new PdfWriter();
        int position = pdf.position();
        assertThat(pages(pdf.text(
                                "xref\n" + "7 1\n0000000000 00000 n \n".repeat(80_000) + "trailer << " + ROOT + " >>\n")
                        .end(position)))
                .isNull();

        PdfWriter spaces = new PdfWriter();
        position = spaces.position();
        assertThat(pages(spaces.text("xref\n0 1" + " ".repeat(3_000_000) + "trailer << " + ROOT + " >>\n")
                        .end(position)))
                .isNull();
    }

    /** Zeros, but for its beginning and its end. */
    private static StoredContent sparse(long length, byte[] begin, byte[] end, AtomicInteger opened) {
        BlobStore store = (BlobStore) Proxy.newProxyInstance(
                BlobStore.class.getClassLoader(), new Class<?>[] {BlobStore.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("open");
                    opened.incrementAndGet();
                    ByteRange range = (ByteRange) arguments[1];
                    byte[] bytes = new byte[Math.toIntExact(Math.min(range.length(), length - range.offset()))];
                    for (int i = 0; i < bytes.length; i++) {
                        long at = range.offset() + i;
                        if (at < begin.length) {
                            bytes[i] = begin[(int) at];
                        } else if (at >= length - end.length) {
                            bytes[i] = end[(int) (at - (length - end.length))];
                        }
                    }
                    return new ByteArrayInputStream(bytes);
                });
        return new StoredContent(store, "sparse", PDF, length);
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 30, 5L << 30})
    void gigabytesOfNothing_costAFewRanges(long length) throws IOException {
        AtomicInteger opened = new AtomicInteger();
        assertThat(analyzer.analyze(sparse(length, Samples.ascii("%PDF-1.7\n"), new byte[0], opened), FileFacts.none()))
                .isEqualTo(FileFacts.none());
        assertThat(opened).hasValueLessThanOrEqualTo(2);

        // One that is really so large.
        byte[] begin = Samples.ascii("%PDF-1.7\n1 0 obj << /Pages 2 0 R >> endobj\n");
        String tree = "2 0 obj << /Count 8 >> endobj\n";
        long at = length - 1000;
        String end = tree + "xref\n1 2\n0000000009 00000 n \n" + String.format("%010d 00000 n \n", at)
                + "trailer << /Root 1 0 R >>\nstartxref\n" + (at + tree.length()) + "\n%%EOF";
        byte[] tail = Arrays.copyOf(end.getBytes(StandardCharsets.ISO_8859_1), 1000);
        opened.set(0);
        assertThat(analyzer.analyze(sparse(length, begin, tail, opened), FileFacts.none())
                        .pages())
                .isEqualTo(8);
        assertThat(opened).hasValue(2);

        // And one whose table would be nearly all of it.
        byte[] table = Samples.ascii("%PDF-1.7\nxref\n0 50000000\n0000000000 65535 f \n");
        opened.set(0);
        assertThat(analyzer.analyze(
                        sparse(length, table, Samples.ascii("startxref\n9\n%%EOF"), opened), FileFacts.none()))
                .isEqualTo(FileFacts.none());
        assertThat(opened).hasValueLessThanOrEqualTo(PdfPages.MOST_RANGES);
    }

    private static List<byte[]> valid() {
        List<byte[]> valid = new ArrayList<>();
        PdfWriter plain = PdfWriter.document(3);
        int position = plain.position();
        valid.add(plain.table(ROOT).end(position));

        plain.object(2, PdfWriter.tree("5 0 R")).object(5, "12");
        int second = plain.position();
        valid.add(plain.table(ROOT + "/Prev " + position).end(second));

        PdfWriter streams = new PdfWriter().objects(10, 1, "<< /Pages 2 0 R >>", PdfWriter.tree(3), "<< >>");
        position = streams.position();
        valid.add(streams.tableStream(ROOT, row -> row % 5).end(position));

        PdfWriter hybrid = new PdfWriter();
        int catalog = hybrid.position();
        hybrid.object(1, "<< /Type /Catalog /Pages 2 0 R >>").objects(10, 2, PdfWriter.tree(8));
        position = hybrid.position();
        hybrid.tableStream("");
        int table = hybrid.position();
        valid.add(hybrid.isAt(1, 1, catalog, 0)
                .deleted(2)
                .table(ROOT + "/XRefStm " + position)
                .end(table));

        PdfWriter web = new PdfWriter()
                .object(20, "<< /Linearized 1 /L 505 /N 7 >>")
                .objects(10, 1, "<< /Pages 2 0 R >>", PdfWriter.tree(3));
        position = web.position();
        valid.add(web.tableStream(ROOT).end(position));
        return valid;
    }

    private static byte[] mutated(byte[] valid, Random random) {
        byte[] bytes = valid.clone();
        for (int left = 1 + random.nextInt(8); left > 0; left--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(6)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                case 3 -> {
                    for (int i = at; i < bytes.length; i++) {
                        if (bytes[i] >= '0' && bytes[i] <= '9') {
                            bytes[i] = (byte) ('0' + random.nextInt(10));
                            break;
                        }
                    }
                }
                case 4 -> bytes[at] = (byte) "()<>[]{}/%R \n-0".charAt(random.nextInt(15));
                default -> {
                    int length = Math.min(random.nextInt(40), bytes.length - at);
                    System.arraycopy(bytes, random.nextInt(bytes.length - length + 1), bytes, at, length);
                }
            }
        }
        return bytes;
    }

    /** Whatever comes: no exception, no more ranges than there may be, and an end. */
    @ParameterizedTest
    @ValueSource(longs = {20261130, 1, 2})
    void mutations_areReadOrNot(long seed) throws IOException {
        Random random = new Random(seed);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int known = 0;
        List<byte[]> valid = valid();
        for (int round = 0; round < 20_000; round++) {
            byte[] pdf = mutated(valid.get(round % valid.size()), random);
            Stored stored = new Stored(PDF, pdf);
            long time = threads.getCurrentThreadCpuTime();
            FileFacts claimed = random.nextBoolean() ? FileFacts.none().withPages(1) : FileFacts.none();
            try {
                known += analyzer.analyze(stored.content, claimed).pages() == null ? 0 : 1;
                analyzer.analyzeHead(PDF, pdf);
            } catch (RuntimeException e) {
                throw new AssertionError("round " + round + " of seed " + seed, e);
            }
            assertThat(stored.store.calls(Operation.OPEN)).isLessThanOrEqualTo(2);
            assertThat(stored.store.openStreams()).isZero();
            assertThat(threads.getCurrentThreadCpuTime() - time)
                    .as("round %s of seed %s", round, seed)
                    .isLessThan(5 * SECONDS);
        }
        assertThat(known).isBetween(1000, 19_000);
    }
}
