package io.graphqlfiles.internal.copyurl;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.graphqlfiles.internal.header.TextBytes;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** Percent-encoding (RFC 3986, section 2.1). */
final class PercentEncoding {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private PercentEncoding() {}

    /**
     * Encodes what may not stand as it is. A percent sign that begins an escape stays; any other is encoded.
     *
     * @param permitted punctuation that may stand as it is, in addition to letters and digits of ASCII and {@code -._~}
     */
    static String encode(String text, String permitted) {
        StringBuilder encoded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (isUnreserved(c) || permitted.indexOf(c) >= 0 || (c == '%' && isEscape(text, i))) {
                encoded.appendCodePoint(c);
            } else {
                // Half a surrogate pair becomes what UTF_8 makes of it, a question mark.
                for (byte b : Character.toString(c).getBytes(UTF_8)) {
                    encoded.append('%').append(HEX.toHexDigits(b));
                }
            }
            i += Character.charCount(c);
        }
        return encoded.toString();
    }

    /**
     * The text of a {@code Location} that the HTTP library has read as Latin-1, a byte for a character: UTF-8 if the
     * bytes are, and otherwise each byte beyond ASCII encoded as it is.
     */
    static String ofHeader(String latin1) {
        String text = TextBytes.decode(latin1);
        if (!text.equals(latin1)) {
            return text;
        }
        StringBuilder encoded = new StringBuilder(latin1.length());
        for (int i = 0; i < latin1.length(); i++) {
            char c = latin1.charAt(i);
            encoded.append(c >= 0x80 && c <= 0xff ? "%" + HEX.toHexDigits((byte) c) : String.valueOf(c));
        }
        return encoded.toString();
    }

    /** The text without escapes, which are UTF-8 if they can be. */
    static String decode(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); ) {
            if (isEscape(text, i)) {
                bytes.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
                i += 3;
            } else {
                int c = text.codePointAt(i);
                bytes.writeBytes(Character.toString(c).getBytes(UTF_8));
                i += Character.charCount(c);
            }
        }
        return TextBytes.decode(bytes.toByteArray(), 0, bytes.size());
    }

    private static boolean isUnreserved(int c) {
        return (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~';
    }

    private static boolean isEscape(String text, int position) {
        return text.charAt(position) == '%'
                && position + 2 < text.length()
                && HexFormat.isHexDigit(text.charAt(position + 1))
                && HexFormat.isHexDigit(text.charAt(position + 2));
    }
}
