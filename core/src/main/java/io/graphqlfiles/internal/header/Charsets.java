package io.graphqlfiles.internal.header;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import org.jspecify.annotations.Nullable;

/** Charsets by the names that senders give them. */
final class Charsets {

    private Charsets() {}

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
