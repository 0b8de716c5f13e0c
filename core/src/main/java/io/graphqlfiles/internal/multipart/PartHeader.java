package io.graphqlfiles.internal.multipart;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands before the bytes of a part. All of it is claimed by the client.
 *
 * @param name the form field
 * @param fileName as the disposition says it, its extended form first; null for neither
 * @param contentType the {@code Content-Type} as it stands; null for none
 */
public record PartHeader(
        String name, @Nullable String fileName, @Nullable String contentType) {

    private static final List<String> IDENTITY_ENCODINGS = List.of("7bit", "8bit", "binary");

    /** Reads header lines, each ended by CRLF. */
    static PartHeader parse(byte[] buffer, int from, int to) throws MalformedMultipartException {
        Map<String, String> fields = fields(decode(buffer, from, to));
        HeaderValue disposition = HeaderValue.parse(fields.getOrDefault("content-disposition", ""));
        String name = disposition.parameter("name");
        if (!disposition.value().equals("form-data") || name == null) {
            throw new MalformedMultipartException("expected a part to have Content-Disposition: form-data with a name");
        }
        // Nobody sends these any more (RFC 7578, 4.7); taking the encoded text for the file would spoil it silently.
        String encoding = fields.get("content-transfer-encoding");
        if (encoding != null && !IDENTITY_ENCODINGS.contains(encoding.toLowerCase(Locale.ROOT))) {
            throw new MalformedMultipartException("expected a part to have no Content-Transfer-Encoding");
        }
        return new PartHeader(unescape(name), fileName(disposition), fields.get("content-type"));
    }

    private static @Nullable String fileName(HeaderValue disposition) {
        String extended = disposition.parameter("filename*");
        String decoded = extended == null ? null : decodeExtended(extended);
        if (decoded != null) {
            return decoded;
        }
        String plain = disposition.parameter("filename");
        return plain == null ? null : unescape(plain);
    }

    private static Map<String, String> fields(String text) throws MalformedMultipartException {
        Map<String, String> fields = new HashMap<>();
        String unfolded = text.replace("\r\n ", " ").replace("\r\n\t", " ");
        for (int start = 0; start < unfolded.length(); ) {
            int end = unfolded.indexOf("\r\n", start);
            String line = unfolded.substring(start, end);
            start = end + 2;
            int colon = line.indexOf(':');
            if (colon < 1 || line.indexOf('\r') >= 0 || line.indexOf('\n') >= 0 || line.indexOf('\0') >= 0) {
                throw new MalformedMultipartException("expected \"name: value\" in each header line of a part");
            }
            String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
            if (fields.putIfAbsent(name, line.substring(colon + 1).strip()) != null) {
                throw new MalformedMultipartException("expected each header of a part once");
            }
        }
        return fields;
    }

    /** The quote as browsers send it; they leave every other percent sign alone. */
    private static String unescape(String text) {
        return text.replace("%22", "\"");
    }

    /**
     * RFC 5987: {@code charset'language'percent-encoded}. Null if it is not that, so that the plain parameter counts.
     */
    private static @Nullable String decodeExtended(String text) {
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
        return charset == null || bytes == null ? null : strictly(charset, bytes, 0, bytes.length);
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

    /** Browsers send UTF-8 (RFC 7578, 5.1); what is not UTF-8 came from an older one. */
    private static String decode(byte[] buffer, int from, int to) {
        String utf8 = strictly(UTF_8, buffer, from, to);
        return utf8 != null ? utf8 : new String(buffer, from, to - from, ISO_8859_1);
    }

    private static @Nullable String strictly(Charset charset, byte[] bytes, int from, int to) {
        try {
            return charset.newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, to - from))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
