package io.graphqlfiles.internal.header;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Locale;
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
        return plain == null || plain.isBlank() ? null : EncodedWords.decode(HeaderValue.unescape(plain));
    }

    /**
     * RFC 8187, section 3.2: {@code charset'language'percent-encoded}. Null if it is not that, so that the plain
     * parameter counts.
     */
    private static @Nullable String extended(String text) {
        String[] pieces = text.split("'", 3);
        if (pieces.length < 3) {
            return null;
        }
        Charset charset = switch (pieces[0].toUpperCase(Locale.ROOT)) {
            case "UTF-8" -> UTF_8;
            case "ISO-8859-1" -> ISO_8859_1;
            default -> null;
        };
        byte[] bytes = percentDecode(pieces[2]);
        return charset == null || bytes == null ? null : TextBytes.decode(charset, bytes, 0, bytes.length);
    }

    private static byte @Nullable [] percentDecode(String text) {
        byte[] bytes = new byte[text.length()];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            int c = text.charAt(i);
            if (c == '%') {
                int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
                int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    return null;
                }
                c = high * 16 + low;
                i += 2;
            } else if (c > 126) {
                return null;
            }
            bytes[length++] = (byte) c;
        }
        return Arrays.copyOf(bytes, length);
    }
}
