package io.graphqlfiles.internal.header;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** Text whose bytes alone are certain. */
public final class TextBytes {

    private TextBytes() {}

    /** UTF-8 if the bytes are (RFC 7578, section 5.1.2, and what browsers do); what is not came from older software. */
    public static String decode(byte[] bytes, int from, int to) {
        String utf8 = decode(UTF_8, bytes, from, to);
        return utf8 != null ? utf8 : new String(bytes, from, to - from, ISO_8859_1);
    }

    /**
     * The same for a header that an HTTP library has read as Latin-1, a byte for a character.
     *
     * @param latin1 may hold other characters; then it is left as it is
     */
    public static String decode(String latin1) {
        if (latin1.chars().allMatch(c -> c < 0x80) || latin1.chars().anyMatch(c -> c > 0xff)) {
            return latin1;
        }
        byte[] bytes = latin1.getBytes(ISO_8859_1);
        return decode(bytes, 0, bytes.length);
    }

    /** The text; null if the bytes are none in this charset. */
    static @Nullable String decode(Charset charset, byte[] bytes, int from, int to) {
        try {
            return charset.newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, to - from))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
