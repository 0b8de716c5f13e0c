package io.graphqlfiles.internal.ingest;

import io.graphqlfiles.FileErrorCode;
import io.graphqlfiles.FileException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Base64 as encoders write it (RFC 4648): the alphabet of section 4 or that of section 5 for URLs, with or without
 * padding, with line breaks and blanks anywhere. In a {@code data:} URL characters may be percent-encoded (RFC 2397).
 * Nothing is decoded to find the length, the text is never copied as a whole, and without blanks and escapes it is
 * looked at only by what the JDK does many characters at a time.
 */
final class Base64Text {

    /** Characters decoded at once; a multiple of four. */
    private static final int PIECE = 32 * 1024;

    private static final String BLANKS = " \t\n\r\f";
    private static final int NO_ESCAPE = -1;

    private final String text;
    private final int start;
    /** Behind the last character that counts and is no padding. */
    private final int end;

    private final boolean isEscaped;
    /** Whether every character between start and end counts, and stands for itself. */
    private final boolean isDense;

    private final long digits;
    private final boolean isForUrls;

    private Base64Text(String text, int start, boolean isDataUrl) {
        this.text = text;
        this.start = start;
        this.isEscaped = isDataUrl && text.indexOf('%', start) >= 0;
        this.isForUrls = text.indexOf('-', start) >= 0 || text.indexOf('_', start) >= 0;
        int behind = text.length();
        int padding = 0;
        while (true) {
            int before = before(behind);
            char last = behind == start ? 0 : character(before);
            if (last == '=' && padding < 2) {
                padding++;
            } else if (!isBlank(last)) {
                break;
            }
            behind = before;
        }
        this.end = behind;
        this.isDense = !isEscaped && BLANKS.chars().noneMatch(blank -> isInside((char) blank));
        this.digits = isDense ? end - start : count();
        checkLength(padding);
    }

    /**
     * Looks at the text from a position on.
     *
     * @param isDataUrl whether {@code %2B} is a plus sign
     * @throws FileException if a text of this length, counted without blanks, cannot be base64
     */
    static Base64Text of(String text, int start, boolean isDataUrl) {
        return new Base64Text(text, start, isDataUrl);
    }

    /** Where the first character stands that is no blank; behind the text if there is none. */
    static int firstOf(String text) {
        int first = 0;
        while (first < text.length() && isBlank(text.charAt(first))) {
            first++;
        }
        return first;
    }

    /** Length of the content in bytes. */
    long byteSize() {
        return digits * 3 / 4;
    }

    /** The content; reading throws a {@link FileException} where the text is not base64. */
    InputStream open() {
        return new Decoder();
    }

    /** A stray character makes the length wrong, too, and says more. */
    private void checkLength(int padding) {
        String problem = null;
        if (digits % 4 == 1) {
            problem = "it breaks off in the middle of a byte (length " + digits + ")";
        } else if (padding > 0 && (digits + padding) % 4 != 0) {
            problem = "it ends with " + "=".repeat(padding) + " where "
                    + (digits % 4 == 0 ? "none" : "=".repeat((int) (4 - digits % 4))) + " is expected";
        }
        if (problem != null) {
            String stray = stray(start, end);
            throw invalid(stray == null ? problem : stray);
        }
    }

    private long count() {
        if (!isEscaped) {
            return end
                    - start
                    - BLANKS.chars()
                            .mapToLong(blank -> countInside((char) blank))
                            .sum();
        }
        long count = 0;
        for (int i = start; i < end; i = after(i)) {
            if (!isBlank(character(i))) {
                count++;
            }
        }
        return count;
    }

    private boolean isInside(char c) {
        int found = text.indexOf(c, start);
        return found >= 0 && found < end;
    }

    private long countInside(char c) {
        long count = 0;
        for (int i = text.indexOf(c, start); i >= 0 && i < end; i = text.indexOf(c, i + 1)) {
            count++;
        }
        return count;
    }

    private static boolean isBlank(char c) {
        return c <= ' ' && BLANKS.indexOf(c) >= 0;
    }

    /** The character at the position, unescaped. */
    private char character(int position) {
        char c = text.charAt(position);
        int escaped = c == '%' ? escape(position) : NO_ESCAPE;
        return escaped == NO_ESCAPE ? c : (char) escaped;
    }

    private int after(int position) {
        return text.charAt(position) == '%' && escape(position) != NO_ESCAPE ? position + 3 : position + 1;
    }

    private int before(int position) {
        int escaped = position - 3;
        return escaped >= start && text.charAt(escaped) == '%' && escape(escaped) != NO_ESCAPE ? escaped : position - 1;
    }

    private int escape(int position) {
        if (!isEscaped || position + 2 >= text.length()) {
            return NO_ESCAPE;
        }
        char high = text.charAt(position + 1);
        char low = text.charAt(position + 2);
        return HexFormat.isHexDigit(high) && HexFormat.isHexDigit(low)
                ? HexFormat.fromHexDigit(high) * 16 + HexFormat.fromHexDigit(low)
                : NO_ESCAPE;
    }

    private static FileException invalid(String reason) {
        return new FileException(FileErrorCode.FILE_BASE64_INVALID, "The text is not base64: " + reason + ".");
    }

    /** Says which character between the positions is none of base64, so that the mistake can be found. */
    private @Nullable String stray(int from, int to) {
        for (int i = from; i < to; i = after(i)) {
            char c = character(i);
            if (isBlank(c) || isDigit(c)) {
                continue;
            }
            String where = " at character " + (i + 1 - start);
            if (c == '=') {
                return "it has padding (=)" + where + ", before its end";
            }
            if (c == '+' || c == '/') {
                return "it has " + c + where + " next to the - and _ of the alphabet for URLs";
            }
            return "it has " + named(text.codePointAt(i)) + where
                    + "; expected A-Z, a-z, 0-9, + and / (or - and _), and = at the end only";
        }
        return null;
    }

    private boolean isDigit(char c) {
        return (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z')
                || (c >= '0' && c <= '9')
                || (isForUrls ? c == '-' || c == '_' : c == '+' || c == '/');
    }

    private static String named(int codePoint) {
        String code = String.format("U+%04X", codePoint);
        return codePoint > 0x20 && codePoint < 0x7f ? "\"" + Character.toString(codePoint) + "\"" : code;
    }

    private final class Decoder extends InputStream {

        private int position = start;
        private byte[] decoded = new byte[0];
        private int next;

        @Override
        public int read() {
            return fill() ? decoded[next++] & 0xff : -1;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (length == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int count = Math.min(length, decoded.length - next);
            System.arraycopy(decoded, next, buffer, offset, count);
            next += count;
            return count;
        }

        private boolean fill() {
            if (next < decoded.length) {
                return true;
            }
            int from = position;
            byte[] piece = isDense ? densePiece() : isEscaped ? piece() : linesPiece();
            if (piece.length == 0) {
                return false;
            }
            decoded = decode(piece, from);
            next = 0;
            return true;
        }

        private byte[] decode(byte[] piece, int from) {
            try {
                byte[] bytes = (isForUrls ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(piece);
                if (bytes.length == piece.length * 3 / 4) {
                    return bytes;
                }
            } catch (IllegalArgumentException e) {
                // Falls through: the JDK does not say where.
            }
            String stray = stray(from, position);
            throw invalid(stray == null ? "it cannot be decoded" : stray);
        }

        private byte[] densePiece() {
            int from = position;
            position = Math.min(end, from + PIECE);
            // Characters outside Latin-1 become '?', which is no base64 digit either.
            return text.substring(from, position).getBytes(StandardCharsets.ISO_8859_1);
        }

        /** What encoders for mail write: mostly digits. Bytes are faster to look at than a string's characters. */
        private byte[] linesPiece() {
            int from = position;
            byte[] piece = densePiece();
            int length = 0;
            for (byte b : piece) {
                if (b > ' ' || b < 0 || !isBlank((char) b)) {
                    piece[length++] = b;
                }
            }
            int surplus = position < end ? length % 4 : 0;
            if (length == surplus) {
                position = from;
                return piece();
            }
            length -= surplus;
            while (surplus > 0) {
                position--;
                if (!isBlank(text.charAt(position))) {
                    surplus--;
                }
            }
            return Arrays.copyOf(piece, length);
        }

        private byte[] piece() {
            byte[] piece = new byte[PIECE];
            int length = 0;
            for (; position < end && length < PIECE; position = isEscaped ? after(position) : position + 1) {
                char c = isEscaped ? character(position) : text.charAt(position);
                if (!isBlank(c)) {
                    piece[length++] = c < 0x80 ? (byte) c : (byte) '?';
                }
            }
            return length == PIECE ? piece : Arrays.copyOf(piece, length);
        }
    }
}
