package io.graphqlfiles.pictures;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import java.util.zip.DeflaterOutputStream;

/** Writes PDFs by hand: what writers do, and what none does. Positions count from where it begins. */
final class PdfWriter {

    static final int WIDTH = 1 + 4 + 2;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Map<Integer, long[]> entries = new TreeMap<>();

    PdfWriter() {
        text("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n");
    }

    /** Catalog, page tree and a page: objects 1 to 3. */
    static PdfWriter document(Object count) {
        return new PdfWriter()
                .object(1, "<< /Type /Catalog /Pages 2 0 R >>")
                .object(2, tree(count))
                .object(3, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>");
    }

    static String tree(Object count) {
        return "<< /Type /Pages /Kids [3 0 R] /Count " + count + " >>";
    }

    int position() {
        return out.size();
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    PdfWriter text(String text) {
        return bytes(Samples.ascii(text));
    }

    PdfWriter bytes(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /** What takes place, and cannot be compressed. */
    PdfWriter filler(int length) {
        byte[] filler = new byte[length];
        new Random(length).nextBytes(filler);
        return object(99, "<< /Length " + length + " >>\nstream\n")
                .bytes(filler)
                .text("\nendstream");
    }

    PdfWriter object(int number, String value) {
        return isAt(number, 1, position(), 0).text(number + " 0 obj\n" + value + "\nendobj\n");
    }

    /** Says where an object is, in the next section. */
    PdfWriter isAt(int number, int kind, long place, int index) {
        entries.put(number, new long[] {kind, place, index});
        return this;
    }

    PdfWriter deleted(int number) {
        return isAt(number, 0, 0, 0);
    }

    /** Objects in a stream, numbered in turn from the first one on. */
    PdfWriter objects(int number, int first, String... values) {
        StringBuilder places = new StringBuilder();
        StringBuilder content = new StringBuilder();
        for (int i = 0; i < values.length; i++) {
            places.append(first + i).append(' ').append(content.length()).append(' ');
            content.append(values[i]).append(' ');
            isAt(first + i, 2, number, i);
        }
        isAt(number, 1, position(), 0);
        return stream(
                number,
                "/Type /ObjStm /N " + values.length + " /First " + places.length(),
                Samples.ascii(places.toString() + content));
    }

    PdfWriter stream(int number, String dictionary, byte[] content) {
        byte[] deflated = deflated(content);
        return text(number + " 0 obj\n<< " + dictionary + " /Filter /FlateDecode /Length " + deflated.length
                        + " >>\nstream\r\n")
                .bytes(deflated)
                .text("\nendstream\nendobj\n");
    }

    static byte[] deflated(byte[] content) {
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(deflated)) {
            deflater.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return deflated.toByteArray();
    }

    /** A table of what was written since the last section, and its trailer. */
    PdfWriter table(String trailer) {
        return table(trailer, " \n");
    }

    PdfWriter table(String trailer, String endOfLine) {
        text("xref\n0 1\n0000000000 65535 f" + endOfLine);
        entries.forEach((number, entry) -> text(number + " 1\n"
                + String.format("%010d 00000 %s", entry[0] == 1 ? entry[1] : 0, entry[0] == 1 ? "n" : "f")
                + endOfLine));
        entries.clear();
        return text("trailer\n<< /Size 100 " + trailer + " >>\n");
    }

    /** The same as a stream. */
    PdfWriter tableStream(String trailer) {
        return tableStream(trailer, row -> 2);
    }

    /** @param filters of PNG, by row */
    PdfWriter tableStream(String trailer, IntUnaryOperator filters) {
        StringBuilder index = new StringBuilder();
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        byte[] above = new byte[WIDTH];
        int count = 0;
        for (Map.Entry<Integer, long[]> entry : entries.entrySet()) {
            index.append(entry.getKey()).append(" 1 ");
            byte[] row = row(entry.getValue());
            int filter = filters.applyAsInt(count++);
            rows.write(filter);
            rows.writeBytes(filtered(filter, row, above));
            above = row;
        }
        entries.clear();
        return stream(
                98,
                "/Type /XRef /Size 100 /W [1 4 2] /Index [" + index + "] /DecodeParms << /Predictor 12 /Columns "
                        + WIDTH + " >> " + trailer,
                rows.toByteArray());
    }

    private static byte[] row(long[] entry) {
        return ByteBuffer.allocate(WIDTH)
                .put((byte) entry[0])
                .putInt((int) entry[1])
                .putShort((short) entry[2])
                .array();
    }

    private static byte[] filtered(int filter, byte[] row, byte[] above) {
        byte[] filtered = row.clone();
        for (int i = 0; i < row.length; i++) {
            int left = i == 0 ? 0 : row[i - 1] & 0xff;
            int up = above[i] & 0xff;
            int corner = i == 0 ? 0 : above[i - 1] & 0xff;
            filtered[i] -= (byte)
                    switch (filter) {
                        case 0 -> 0;
                        case 1 -> left;
                        case 2 -> up;
                        case 3 -> (left + up) / 2;
                        default -> nearest(left + up - corner, left, up, corner);
                    };
        }
        return filtered;
    }

    private static int nearest(int guess, int... candidates) {
        int nearest = candidates[0];
        for (int each : candidates) {
            nearest = Math.abs(guess - each) < Math.abs(guess - nearest) ? each : nearest;
        }
        return nearest;
    }

    /** Where the newest section is, and the end. */
    byte[] end(long position) {
        return text("startxref\n" + position + "\n%%EOF\n").bytes();
    }
}
