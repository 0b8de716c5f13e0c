package io.graphqlfiles.internal.mime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Tells UTF-8 (RFC 3629) from bytes in other encodings, without making characters of them. */
final class Utf8 {

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Utf8() {}

    /**
     * Returns whether the bytes are valid UTF-8, as those of ASCII are.
     *
     * @param cut whether they may end within a character
     */
    static boolean isValid(byte[] bytes, int length, boolean cut) {
        int position = 0;
        while (position < length) {
            if (position + Long.BYTES <= length && ((long) WORDS.get(bytes, position) & HIGH_BITS) == 0) {
                position += Long.BYTES;
                continue;
            }
            int size = size(bytes[position] & 0xff);
            if (size == 0) {
                return false;
            }
            for (int i = 1; i < size; i++) {
                if (position + i == length) {
                    return cut;
                }
                if (!follows(bytes[position] & 0xff, i, bytes[position + i] & 0xff)) {
                    return false;
                }
            }
            position += size;
        }
        return true;
    }

    /** How many bytes a character has that begins with this one; 0 if none does. */
    private static int size(int first) {
        if (first < 0x80) {
            return 1;
        }
        if (first < 0xe0) {
            return first < 0xc2 ? 0 : 2;
        }
        return first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
    }

    /** Of the second byte there are fewer where the character would be too long, a surrogate or beyond Unicode. */
    private static boolean follows(int first, int index, int next) {
        if (index > 1) {
            return (next & 0xc0) == 0x80;
        }
        int least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
        int most = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
        return next >= least && next <= most;
    }
}
