package io.graphqlfiles.pictures;

import java.io.IOException;
import java.util.Arrays;

/**
 * The beginning of a lossless WebP (RFC 9649, section 3): what is to be done to all of its pixels after they are read.
 * Each of these transforms may be there once, and the decoder goes over the whole picture for each without a word; it
 * would for a thousand of them, and some take three bits.
 */
final class LosslessWebp {

    private static final int PREDICTOR = 0;
    private static final int COLOUR = 1;
    private static final int COLOUR_INDEXING = 3;

    private static final int LITERALS = 256;
    private static final int LENGTHS = 24;
    private static final int DISTANCES = 40;
    private static final int LONGEST_CODE = 15;
    private static final int[] ORDER = {17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

    private static final int SYMBOLS_AT_ONCE = 4096;

    private final byte[] bytes;
    private final Decoders.Deadline deadline;
    private long at;

    private LosslessWebp(byte[] bytes, int offset, Decoders.Deadline deadline) {
        this.bytes = bytes;
        this.at = 8L * offset;
        this.deadline = deadline;
    }

    /**
     * @param offset behind the size
     * @throws IOException if there is one twice, it is damaged, or the deadline is over
     */
    static void requireFewTransforms(byte[] bytes, int offset, int width, int height, Decoders.Deadline deadline)
            throws IOException {
        new LosslessWebp(bytes, offset, deadline).requireFewTransforms(width, height);
    }

    private void requireFewTransforms(int width, int height) throws IOException {
        int columns = width;
        int seen = 0;
        while (bits(1) == 1) {
            int transform = bits(2);
            if ((seen & 1 << transform) != 0) {
                throw new IOException("a transform is there twice");
            }
            seen |= 1 << transform;
            if (transform == PREDICTOR || transform == COLOUR) {
                int size = bits(3) + 2;
                skipPixels((long) shrunk(columns, size) * shrunk(height, size));
            } else if (transform == COLOUR_INDEXING) {
                int colours = bits(8) + 1;
                skipPixels(colours);
                columns = shrunk(columns, colours > 16 ? 0 : colours > 4 ? 1 : colours > 2 ? 2 : 3);
            }
        }
    }

    private static int shrunk(int size, int bits) {
        return (size + (1 << bits) - 1) >> bits;
    }

    private void skipPixels(long count) throws IOException {
        int cached = 0;
        if (bits(1) == 1) {
            int cacheBits = bits(4);
            if (cacheBits < 1 || cacheBits > 11) {
                throw damaged();
            }
            cached = 1 << cacheBits;
        }
        Code[] codes = {
            code(LITERALS + LENGTHS + cached), code(LITERALS), code(LITERALS), code(LITERALS), code(DISTANCES)
        };
        long left = count;
        for (int i = 1; left > 0; i++) {
            int symbol = symbol(codes[0]);
            if (symbol < LITERALS) {
                symbol(codes[1]);
                symbol(codes[2]);
                symbol(codes[3]);
                left--;
            } else if (symbol < LITERALS + LENGTHS) {
                left -= extended(symbol - LITERALS);
                extended(symbol(codes[4]));
            } else {
                left--;
            }
            if (i % SYMBOLS_AT_ONCE == 0 && deadline.isOver()) {
                throw new IOException("the time for decoding is over");
            }
        }
        if (left < 0) {
            throw damaged();
        }
    }

    private int extended(int prefix) throws IOException {
        if (prefix < 4) {
            return prefix + 1;
        }
        int extra = (prefix - 2) >> 1;
        return ((2 + (prefix & 1)) << extra) + bits(extra) + 1;
    }

    /** How many symbols have codes of each length, and the symbols in the order of their codes. */
    private static final class Code {

        private final int[] counts;
        private final int[] symbols;

        Code(int[] counts, int[] symbols) {
            this.counts = counts;
            this.symbols = symbols;
        }
    }

    private Code code(int symbols) throws IOException {
        if (bits(1) == 1) {
            return simpleCode();
        }
        int[] lengths = new int[ORDER.length];
        int given = bits(4) + 4;
        for (int i = 0; i < given; i++) {
            lengths[ORDER[i]] = bits(3);
        }
        return code(lengths(code(lengths), symbols));
    }

    private Code simpleCode() throws IOException {
        boolean areTwo = bits(1) == 1;
        int first = bits(bits(1) == 1 ? 8 : 1);
        int[] counts = new int[LONGEST_CODE + 1];
        counts[areTwo ? 1 : 0] = areTwo ? 2 : 1;
        return new Code(counts, areTwo ? new int[] {first, bits(8)} : new int[] {first});
    }

    private int[] lengths(Code code, int symbols) throws IOException {
        int left = symbols;
        if (bits(1) == 1) {
            left = 2 + bits(2 + 2 * bits(3));
        }
        int[] lengths = new int[symbols];
        int previous = 8;
        for (int i = 0; i < symbols && left > 0; left--) {
            int length = symbol(code);
            if (length < 16) {
                lengths[i++] = length;
                previous = length == 0 ? previous : length;
                continue;
            }
            int repeated = length == 16 ? 3 + bits(2) : length == 17 ? 3 + bits(3) : 11 + bits(7);
            if (i + repeated > symbols) {
                throw damaged();
            }
            Arrays.fill(lengths, i, i + repeated, length == 16 ? previous : 0);
            i += repeated;
        }
        return lengths;
    }

    /** One that has not exactly as many codes as there are is damaged; one of a single symbol needs no bits. */
    private static Code code(int[] lengths) throws IOException {
        int[] counts = new int[LONGEST_CODE + 1];
        int used = 0;
        for (int length : lengths) {
            counts[length]++;
            used += length == 0 ? 0 : 1;
        }
        int[] symbols = new int[used];
        int next = 0;
        long space = 0;
        for (int length = 1; length <= LONGEST_CODE; length++) {
            space += (long) counts[length] << (LONGEST_CODE - length);
            for (int symbol = 0; symbol < lengths.length && counts[length] > 0; symbol++) {
                if (lengths[symbol] == length) {
                    symbols[next++] = symbol;
                }
            }
        }
        counts[0] = 0;
        if (used == 1) {
            int[] one = new int[LONGEST_CODE + 1];
            one[0] = 1;
            return new Code(one, symbols);
        }
        if (space != 1 << LONGEST_CODE) {
            throw damaged();
        }
        return new Code(counts, symbols);
    }

    private int symbol(Code code) throws IOException {
        if (code.counts[0] == 1) {
            return code.symbols[0];
        }
        int value = 0;
        int first = 0;
        int index = 0;
        for (int length = 1; length <= LONGEST_CODE; length++) {
            value |= bits(1);
            int count = code.counts[length];
            if (value - first < count) {
                return code.symbols[index + value - first];
            }
            index += count;
            first = (first + count) << 1;
            value <<= 1;
        }
        throw damaged();
    }

    private int bits(int count) throws IOException {
        if (at + count > 8L * bytes.length) {
            throw damaged();
        }
        int value = 0;
        for (int i = 0; i < count; i++, at++) {
            value |= (bytes[(int) (at >> 3)] >> (at & 7) & 1) << i;
        }
        return value;
    }

    private static IOException damaged() {
        return new IOException("the picture is damaged");
    }
}
