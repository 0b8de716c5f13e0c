package io.graphqlfiles.internal.mime;

import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the encoding of text in its first bytes, as far as they show it. */
final class TextEncoding {

    static final String UTF_8 = "utf-8";

    /** With a byte order mark (RFC 2781); the others are without. */
    private static final String UTF_16 = "utf-16";

    private static final String UTF_16LE = "utf-16le";
    private static final String UTF_16BE = "utf-16be";

    private static final Set<String> UNICODE = Set.of(UTF_8, UTF_16, UTF_16LE, UTF_16BE);

    private TextEncoding() {}

    /**
     * The encoding's name.
     *
     * @param length how many bytes count: the whole text, or {@link ContentTypes#PREFIX_LENGTH}
     * @return null if they are in one of those that cannot be told from each other
     */
    static @Nullable String find(byte[] bytes, int length) {
        if (TextContent.isMarkedUtf16(bytes, length)) {
            return UTF_16;
        }
        // As when the type was looked for: UTF-16 counts only in what is no other text.
        ByteOrder order = TextContent.isText(bytes, length) ? null : TextContent.unmarkedUtf16(bytes, length);
        if (order != null) {
            return order == ByteOrder.LITTLE_ENDIAN ? UTF_16LE : UTF_16BE;
        }
        return Utf8.isValid(bytes, length, length == ContentTypes.PREFIX_LENGTH) ? UTF_8 : null;
    }

    /** The usual name of an encoding that is found or believed; null for every other. */
    static @Nullable String named(String label) {
        String name = label.toLowerCase(Locale.ROOT);
        return UNICODE.contains(name) ? name : LegacyEncodings.named(name);
    }
}
