package io.graphqlfiles.pictures.internal.pdf;

import io.graphqlfiles.pictures.internal.pdf.PdfObjects.Dictionary;
import io.graphqlfiles.pictures.internal.pdf.PdfTokens.Name;
import io.graphqlfiles.pictures.internal.pdf.PdfTokens.Word;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads objects of a PDF where they are (ISO 32000-1, section 7.3.10), and what is in streams. Whatever the file says
 * of its lengths, no more than {@value #MOST_WORK} bytes are looked at, those that are inflated and those that are
 * looked at again included.
 */
final class PdfReader {

    static final int MOST_WORK = 32 << 20;

    private static final int LONGEST_ROW = 65_536;

    private final RangedBytes bytes;
    private final long base;
    private long left = MOST_WORK;

    /** @param base where the file begins, as positions in it count from there */
    PdfReader(RangedBytes bytes, long base) {
        this.bytes = bytes;
        this.base = base;
    }

    /**
     * An object.
     *
     * @param data where the content of a stream begins; -1 if it is none
     */
    record Found(Object value, long data) {

        Dictionary dictionary() throws IOException {
            if (value instanceof Dictionary dictionary) {
                return dictionary;
            }
            throw new IOException("expected a dictionary");
        }
    }

    /** The byte there; -1 behind the end. */
    int at(long position) throws IOException {
        spend(1);
        return bytes.at(absolute(position));
    }

    /** The tokens from there on. */
    PdfTokens tokens(long position) throws IOException {
        return new PdfTokens(new Counted(bytes.from(absolute(position))));
    }

    /**
     * The object there.
     *
     * @param number that it must have; null for any
     */
    Found object(long position, @Nullable Long number) throws IOException {
        PdfTokens tokens = tokens(position);
        long found = tokens.number();
        tokens.number();
        tokens.expect("obj");
        if (number != null && number != found) {
            throw new IOException("expected object " + number + ", found " + found);
        }
        Object value = PdfObjects.read(tokens);
        boolean isStream = value instanceof Dictionary && tokens.next().equals(new Word("stream"));
        return new Found(value, isStream ? afterLine(position + tokens.position()) : -1);
    }

    private long afterLine(long position) throws IOException {
        if (at(position) != '\r') {
            return position + 1;
        }
        return position + (at(position + 1) == '\n' ? 2 : 1);
    }

    /**
     * The content of a stream as it was before it was compressed, to be closed. It may go on after its end if it is not
     * compressed: nobody needs its length, which may be an object of its own.
     *
     * @throws IOException if it is no stream, or compressed with another filter than Flate
     */
    InputStream content(Found stream) throws IOException {
        if (stream.data() < 0) {
            throw new IOException("expected a stream");
        }
        Dictionary dictionary = stream.dictionary();
        InputStream raw = new Counted(bytes.from(absolute(stream.data())));
        Object filter = dictionary.only("Filter");
        if (filter == null) {
            return raw;
        }
        if (!filter.equals(new Name("FlateDecode"))) {
            throw new IOException("expected the filter FlateDecode");
        }
        Object parameters = dictionary.only("DecodeParms");
        // Before there is an inflater that would have to be closed.
        Row row = parameters instanceof Dictionary predicted ? row(predicted) : null;
        // An inflater takes as long for a byte as for a thousand.
        InputStream inflated = new BufferedInputStream(new Counted(new InflaterInputStream(raw)));
        return row == null ? inflated : new PngPredictor(inflated, row.length(), row.pixel());
    }

    private record Row(int length, int pixel) {}

    /** What a predictor of PNG needs; null if there is none. */
    private static @Nullable Row row(Dictionary parameters) throws IOException {
        long predictor = parameters.number("Predictor", 1);
        if (predictor == 1) {
            return null;
        }
        long bits = parameters.number("BitsPerComponent", 8);
        long colors = parameters.number("Colors", 1);
        long columns = parameters.number("Columns", 1);
        if (predictor < 10
                || predictor > 15
                || bits < 1
                || bits > 16
                || colors < 1
                || colors > 32
                || columns < 1
                || columns > LONGEST_ROW) {
            throw new IOException("expected a predictor of PNG");
        }
        long length = (bits * colors * columns + 7) / 8;
        if (length > LONGEST_ROW) {
            throw new IOException("expected rows of at most " + LONGEST_ROW + " bytes, found " + length);
        }
        return new Row((int) length, (int) ((bits * colors + 7) / 8));
    }

    private long absolute(long position) throws IOException {
        if (position < 0 || position > bytes.size() - base) {
            throw new IOException("expected a position in the file, found " + position);
        }
        return base + position;
    }

    private void spend(int count) throws IOException {
        left -= count;
        if (left < 0) {
            throw new IOException("expected what is needed within " + MOST_WORK + " bytes");
        }
    }

    /** Also counts what is passed over. */
    private final class Counted extends InputStream {

        private final InputStream in;

        Counted(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            spend(1);
            return in.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = in.read(buffer, offset, length);
            spend(Math.max(0, read));
            return read;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
