package io.graphqlfiles.internal.mime;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Values of the {@code Content-Disposition} header (RFC 6266). Printable ASCII, whatever the file is called. */
public final class ContentDisposition {

    private static final Set<String> INLINE = Set.of(
            "application/pdf",
            "image/apng",
            "image/avif",
            "image/bmp",
            "image/gif",
            "image/heic",
            "image/heif",
            "image/jpeg",
            "image/jxl",
            "image/png",
            "image/tiff",
            "image/vnd.microsoft.icon",
            "image/webp",
            "text/plain");

    private static final String ATTRIBUTE_CHARACTERS = "!#$&+-.^_`|~";
    private static final String HEXADECIMAL = "0123456789ABCDEF";

    private ContentDisposition() {}

    /**
     * {@code inline} for a type that browsers show without running anything of it, {@code attachment} for all others.
     */
    public static String forType(String type, String fileName) {
        return isInlineSafe(type) ? inline(fileName) : attachment(fileName);
    }

    /** To be shown by the browser, and saved under the name if the user asks for it. */
    public static String inline(String fileName) {
        return header("inline", fileName);
    }

    /** To be saved under the name. */
    public static String attachment(String fileName) {
        return header("attachment", fileName);
    }

    /**
     * Returns whether a browser may show content of the type in the application's origin: pictures, sound, films, PDF
     * and plain text. SVG is a document that can hold script and is not among them.
     *
     * @param type without parameters, in lower case
     */
    public static boolean isInlineSafe(String type) {
        return INLINE.contains(type)
                || ((type.startsWith("audio/") || type.startsWith("video/")) && !ContentTypes.isActive(type));
    }

    private static String header(String disposition, String fileName) {
        String fallback = fallback(fileName);
        String header = disposition + "; filename=\"" + fallback + "\"";
        return fallback.equals(fileName) ? header : header + "; filename*=UTF-8''" + encoded(fileName);
    }

    /** RFC 6266, appendix D: no escapes and no percent signs, which some recipients take for what they are not. */
    private static String fallback(String fileName) {
        StringBuilder fallback = new StringBuilder();
        fileName.codePoints()
                .map(c -> c < 0x20 || c > 0x7e || c == '"' || c == '\\' || c == '%' ? '_' : c)
                .forEach(fallback::appendCodePoint);
        return fallback.toString();
    }

    /** RFC 8187, section 3.2.1. */
    private static String encoded(String fileName) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : fileName.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if ((c >= '0' && c <= '9')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= 'a' && c <= 'z')
                    || ATTRIBUTE_CHARACTERS.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEXADECIMAL.charAt(c >> 4)).append(HEXADECIMAL.charAt(c & 0xf));
            }
        }
        return encoded.toString();
    }
}
