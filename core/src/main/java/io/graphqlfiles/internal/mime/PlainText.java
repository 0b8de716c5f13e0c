package io.graphqlfiles.internal.mime;

/** Tells text from other bytes by how often which kinds of bytes come, as Tika does. */
final class PlainText {

    private static final int UNSAFE_CONTROL = 0;
    private static final int SAFE_CONTROL = 1;
    private static final int ASCII = 2;
    private static final int CONTINUATION = 3;
    private static final int LEADS_2 = 4;
    private static final int LEADS_3 = 5;
    private static final int LEADS_4 = 6;
    private static final int NEVER_IN_UTF_8 = 7;

    /** A one in the byte of its kind: eight kinds are counted with one addition, until a byte is full. */
    private static final long[] ONE = new long[256];

    private static final int FULL = 255;

    static {
        for (int value = 0; value < ONE.length; value++) {
            ONE[value] = 1L << (Byte.SIZE * kind(value));
        }
    }

    private PlainText() {}

    private static int kind(int value) {
        if (value < 0x20) {
            return "\t\n\r\f\u001b".indexOf(value) >= 0 ? SAFE_CONTROL : UNSAFE_CONTROL;
        }
        if (value < 0xc0) {
            return value < 0x80 ? ASCII : CONTINUATION;
        }
        if (value < 0xf0) {
            return value < 0xe0 ? LEADS_2 : LEADS_3;
        }
        return value < 0xf8 ? LEADS_4 : NEVER_IN_UTF_8;
    }

    static boolean is(byte[] bytes, int length) {
        int[] counts = count(bytes, length);
        return isMostlyAscii(counts, length) || looksLikeUtf8(counts);
    }

    private static int[] count(byte[] bytes, int length) {
        int[] counts = new int[Long.BYTES];
        for (int start = 0; start < length; start += FULL) {
            int end = Math.min(start + FULL, length);
            long sums = 0;
            for (int i = start; i < end; i++) {
                sums += ONE[bytes[i] & 0xff];
            }
            for (int kind = 0; kind < counts.length; kind++) {
                counts[kind] += (int) (sums >>> (Byte.SIZE * kind)) & 0xff;
            }
        }
        return counts;
    }

    private static boolean isMostlyAscii(int[] counts, int length) {
        return counts[UNSAFE_CONTROL] * 100 < length * 2 && (counts[ASCII] + counts[SAFE_CONTROL]) * 100 > length * 90;
    }

    /** The end of the file may have cut the last character short, by three bytes at the most. */
    private static boolean looksLikeUtf8(int[] counts) {
        int expected = counts[LEADS_2] + 2 * counts[LEADS_3] + 3 * counts[LEADS_4];
        int characters = counts[ASCII] + counts[LEADS_2] + counts[LEADS_3] + counts[LEADS_4];
        return characters > 0
                && counts[CONTINUATION] <= expected
                && counts[CONTINUATION] >= expected - 3
                && counts[NEVER_IN_UTF_8] == 0
                && counts[UNSAFE_CONTROL] * 100 < characters * 2;
    }
}
