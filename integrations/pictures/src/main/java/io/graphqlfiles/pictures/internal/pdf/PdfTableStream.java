package io.graphqlfiles.pictures.internal.pdf;

import io.graphqlfiles.pictures.internal.pdf.PdfObjects.Dictionary;
import io.graphqlfiles.pictures.internal.pdf.PdfReferences.Entry;
import io.graphqlfiles.pictures.internal.pdf.PdfReferences.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stream of cross-references (ISO 32000-1, section 7.5.8). It is inflated each time that an object is looked for, and
 * never held.
 */
final class PdfTableStream implements PdfSubsections {

    private static final int WIDEST = 8;

    /** What is needed to inflate it, and nothing that the file has added. */
    private static final List<String> KEPT = List.of("Filter", "DecodeParms");

    private final PdfReader file;
    private final PdfReader.Found stream;
    private final int[] widths;
    private final long[] index;

    private PdfTableStream(PdfReader file, PdfReader.Found stream, int[] widths, long[] index) {
        this.file = file;
        this.stream = stream;
        this.widths = widths;
        this.index = index;
    }

    static PdfTableStream read(PdfReader file, PdfReader.Found stream) throws IOException {
        Dictionary dictionary = stream.dictionary();
        if (!dictionary.isOfType("XRef")) {
            throw new IOException("expected a stream of cross-references");
        }
        long[] fields = numbers("W", dictionary.get("W"), WIDEST);
        if (fields.length != 3 || fields[0] + fields[1] + fields[2] == 0) {
            throw new IOException("W: expected the widths of three fields");
        }
        int[] widths = {(int) fields[0], (int) fields[1], (int) fields[2]};
        Object index = dictionary.has("Index") ? dictionary.get("Index") : List.of(0L, dictionary.number("Size", 0));
        long[] ranges = numbers("Index", index, HIGHEST_NUMBER);
        if (ranges.length % 2 != 0) {
            throw new IOException("Index: expected pairs");
        }
        return new PdfTableStream(file, new PdfReader.Found(kept(dictionary), stream.data()), widths, ranges);
    }

    private static Dictionary kept(Dictionary dictionary) throws IOException {
        Map<String, Object> kept = new HashMap<>();
        for (String name : KEPT) {
            Object value = dictionary.only(name);
            if (value != null) {
                kept.put(name, value);
            }
        }
        return new Dictionary(kept);
    }

    private static long[] numbers(String name, @Nullable Object value, long highest) throws IOException {
        if (!(value instanceof List<?> list)) {
            throw new IOException(name + ": expected a list");
        }
        long[] numbers = new long[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            if (!(list.get(i) instanceof Long number) || number < 0 || number > highest) {
                throw new IOException(name + ": expected numbers from 0 to " + highest);
            }
            numbers[i] = number;
        }
        return numbers;
    }

    @Override
    public int size() {
        return index.length / 2;
    }

    @Override
    public @Nullable Entry find(long number) throws IOException {
        long before = 0;
        for (int i = 0; i < index.length; i += 2) {
            if (number >= index[i] && number - index[i] < index[i + 1]) {
                return entry(before + number - index[i]);
            }
            before += index[i + 1];
        }
        return null;
    }

    private @Nullable Entry entry(long before) throws IOException {
        int width = widths[0] + widths[1] + widths[2];
        byte[] bytes;
        try (InputStream content = file.content(stream)) {
            content.skipNBytes(before * width);
            bytes = content.readNBytes(width);
        }
        if (bytes.length < width) {
            throw new EOFException("the stream ends before what its index says");
        }
        long kind = widths[0] == 0 ? 1 : field(bytes, 0, widths[0]);
        long place = field(bytes, widths[0], widths[1]);
        if (kind == 1) {
            return new Entry(Kind.PLAIN, place);
        }
        return new Entry(kind == 2 ? Kind.IN_STREAM : Kind.DELETED, place);
    }

    private static long field(byte[] bytes, int from, int width) {
        long value = 0;
        for (int i = from; i < from + width; i++) {
            value = (value << 8) | (bytes[i] & 0xff);
        }
        return value;
    }
}
