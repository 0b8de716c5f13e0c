package io.graphqlfiles.internal.header;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The file name in a {@code Content-Disposition} (RFC 6266), not cleaned. */
public final class FileNameParameter {

    private FileNameParameter() {}

    /**
     * The extended form {@code filename*} (RFC 8187) before the plain one; of the plain one, encoded words are decoded.
     *
     * @return null if there is no name or an empty one
     */
    public static @Nullable String of(HeaderValue disposition) {
        String extended = disposition.parameter("filename*");
        String decoded = extended == null ? null : extended(extended);
        if (decoded != null && !decoded.isBlank()) {
            return decoded;
        }
        String plain = disposition.parameter("filename");
        if (plain == null && extended != null && extended.indexOf('\'') < 0) {
            plain = extended; // with the star, but not in the form that it announces
        }
        return plain == null || plain.isBlank() ? null : EncodedWords.decode(HeaderValue.unescape(plain));
    }

    /**
     * RFC 8187, section 3.2: {@code charset'language'percent-encoded}, with what clients and servers make of it: other
     * charsets, and characters that should have been encoded. Null if it is not that, so that the plain parameter
     * counts.
     */
    private static @Nullable String extended(String text) {
        String[] pieces = text.split("'", 3);
        if (pieces.length < 3) {
            return null;
        }
        Charset charset = Charsets.namedWithAscii(pieces[0]);
        byte[] bytes = charset == null ? null : percentDecode(withoutQuotes(pieces[2]), charset);
        return charset == null || bytes == null ? null : TextBytes.decode(charset, bytes, 0, bytes.length);
    }

    private static String withoutQuotes(String text) {
        boolean isQuoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        return isQuoted ? text.substring(1, text.length() - 1) : text;
    }

    private static byte @Nullable [] percentDecode(String text, Charset charset) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (c != '%') {
                bytes.writeBytes(Character.toString(c).getBytes(charset));
                i += Character.charCount(c);
                continue;
            }
            if (i + 2 >= text.length()
                    || !HexFormat.isHexDigit(text.charAt(i + 1))
                    || !HexFormat.isHexDigit(text.charAt(i + 2))) {
                return null;
            }
            bytes.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
            i += 3;
        }
        return bytes.toByteArray();
    }
}
