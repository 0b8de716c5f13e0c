package io.graphqlfiles.internal.mime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Tells text in any encoding from other content. Text has no NUL and no control characters beyond tab, line feed, form
 * feed, carriage return and escape (<a href="https://mimesniff.spec.whatwg.org/#binary-data-byte">WHATWG MIME Sniffing,
 * binary data byte</a>), but for a stray one; in UTF-16 the same holds of its characters.
 */
final class TextContent {

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = ONES << 7;
    private static final int END_OF_FILE = 0x1a;

    /** From here on one stray control character is no sign of anything, in whatever encoding. */
    private static final int LONG = 512;

    private static final int STRAY_ONE_IN = 8192;

    private static final boolean[] UNSEEN = new boolean[256];

    static {
        for (int value : new int[] {0, '\t', '\n', 0x0b, '\f', '\r', ' ', 0xef, 0xbb, 0xbf, 0xfe, 0xff}) {
            UNSEEN[value] = true;
        }
    }

    /** One bit for each control character that text may have. */
    private static final int IN_TEXT = 1 << '\t' | 1 << '\n' | 1 << '\f' | 1 << '\r' | 1 << 0x1b;

    /** More than text of any length may have. */
    private static final int NUL = 1 << 20;

    /** For each byte, how many strays it is. A table, because a file may be made of nothing but line feeds. */
    private static final int[] STRAYS = new int[256];

    static {
        for (int value = 1; value < ' '; value++) {
            STRAYS[value] = isStray(value) ? 1 : 0;
        }
        STRAYS[0] = NUL;
    }

    private TextContent() {}

    /** Returns whether the bytes are text in UTF-8 or in any encoding that has ASCII in it. */
    static boolean isText(byte[] bytes, int length) {
        // Editors of old ended a file with it.
        int end = length > 0 && bytes[length - 1] == END_OF_FILE ? length - 1 : length;
        int allowed = 1 + end / STRAY_ONE_IN;
        int strays = 0;
        int position = 0;
        for (; position + Long.BYTES <= end; position += Long.BYTES) {
            long word = (long) WORDS.get(bytes, position);
            if (((word - 0x20 * ONES) & ~word & HIGH_BITS) != 0) {
                strays += strays(bytes, position, position + Long.BYTES);
                if (strays > allowed) {
                    return false;
                }
            }
        }
        strays += strays(bytes, position, end);
        return strays == 0 || (strays <= allowed && (length >= LONG || Utf8.isValid(bytes, end, false)));
    }

    /** How many control characters there are that text does not have; {@link #NUL} and more if one of them is NUL. */
    private static int strays(byte[] bytes, int from, int to) {
        int strays = 0;
        for (int i = from; i < to; i++) {
            strays += STRAYS[bytes[i] & 0xff];
        }
        return strays;
    }

    private static boolean isStray(int character) {
        return character < 0x20 && (IN_TEXT >>> character & 1) == 0;
    }

    /** Returns whether the bytes begin with the byte order mark of UTF-16 and are text in it. */
    static boolean isMarkedUtf16(byte[] bytes, int length) {
        ByteOrder order = order(bytes, length);
        return order != null && isUtf16(bytes, 2, length, order, false);
    }

    private static @Nullable ByteOrder order(byte[] bytes, int length) {
        if (length < 2) {
            return null;
        }
        int mark = (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff);
        return mark == 0xfeff ? ByteOrder.BIG_ENDIAN : mark == 0xfffe ? ByteOrder.LITTLE_ENDIAN : null;
    }

    /**
     * The order in which the bytes are text in UTF-16 without a byte order mark; null if they are not. Only for what
     * has no other type: numbers of 16 bits can look like it.
     */
    static @Nullable ByteOrder unmarkedUtf16(byte[] bytes, int length) {
        if (length < 4) {
            return null;
        }
        return isUtf16(bytes, 0, length, ByteOrder.LITTLE_ENDIAN, true)
                ? ByteOrder.LITTLE_ENDIAN
                : isUtf16(bytes, 0, length, ByteOrder.BIG_ENDIAN, true) ? ByteOrder.BIG_ENDIAN : null;
    }

    private static boolean isUtf16(byte[] bytes, int from, int length, ByteOrder order, boolean unmarked) {
        int low = order == ByteOrder.LITTLE_ENDIAN ? 0 : 1;
        int strays = 0;
        int ascii = 0;
        boolean paired = true;
        for (int i = from; i + 1 < length; i += 2) {
            char unit = (char) ((bytes[i + low] & 0xff) | (bytes[i + 1 - low] & 0xff) << 8);
            if (Character.isLowSurrogate(unit) == paired) {
                return false;
            }
            paired = !Character.isHighSurrogate(unit);
            if (unit == 0 || unit >= 0xfffe || (unmarked && !isUsual(unit))) {
                return false;
            }
            if (isStray(unit) && ++strays > 1 + length / STRAY_ONE_IN) {
                return false;
            }
            ascii += unit < 0x80 ? 1 : 0;
        }
        return !unmarked || ascii * 20 >= length; // one character in ten: blanks, digits, line ends
    }

    private static boolean isUsual(char unit) {
        if (unit >= ' ' && unit < 0x7f) {
            return true;
        }
        return switch (Character.getType(unit)) {
            case Character.UNASSIGNED, Character.PRIVATE_USE -> false;
            case Character.CONTROL -> unit < 0x20 && !isStray(unit);
            default -> true;
        };
    }

    /** Returns whether the first character that is seen is {@code <}, also in UTF-16. */
    static boolean beginsWithTag(byte[] bytes, int length) {
        int first = firstSeen(bytes, length);
        return first < length && bytes[first] == '<';
    }

    /**
     * Where the first byte stands that is neither white space nor part of a byte order mark; NUL is half of a blank.
     */
    static int firstSeen(byte[] bytes, int length) {
        int position = 0;
        while (position < length && UNSEEN[bytes[position] & 0xff]) {
            // Whole words of one byte at once: a file may be made of nothing else.
            boolean many = position + Long.BYTES <= length
                    && (long) WORDS.get(bytes, position) == (bytes[position] & 0xff) * ONES;
            position += many ? Long.BYTES : 1;
        }
        return position;
    }

    /** Returns whether this text, in ASCII, stands at the position. */
    static boolean isAt(int position, String text, byte[] bytes, int length) {
        if (length - position < text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (bytes[position + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
