package io.graphqlfiles.internal.header;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Charsets by the names that senders give them. */
final class Charsets {

    private static final String SAMPLE = "a.b'%";

    private Charsets() {}

    /** Null if there is none of that name in which each character of ASCII is the byte that it is in ASCII. */
    static @Nullable Charset namedWithAscii(String name) {
        Charset charset = named(name);
        return charset != null && Arrays.equals(SAMPLE.getBytes(charset), SAMPLE.getBytes(US_ASCII)) ? charset : null;
    }

    /** Null if there is none of that name with which text can be written. */
    static @Nullable Charset named(String name) {
        try {
            Charset charset = Charset.forName(name);
            return charset.canEncode() ? charset : null;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return null;
        }
    }
}
