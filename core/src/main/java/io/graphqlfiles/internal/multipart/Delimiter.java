package io.graphqlfiles.internal.multipart;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/**
 * Finds CRLF, two hyphens and the boundary in bytes.
 *
 * <p>The search is Horspool's, so most bytes are never looked at. Its usual worst case, the length of the pattern for
 * each byte of the text, would be the client's to choose here, who sends both. It cannot be reached: a candidate is
 * compared from its first byte, which is a CR, and a boundary holds no CR, so candidates that match more than nothing
 * do not overlap.
 */
final class Delimiter {

    private final byte[] pattern;
    private final byte[] shifts = new byte[256];

    Delimiter(String boundary) {
        pattern = ("\r\n--" + boundary).getBytes(US_ASCII);
        Arrays.fill(shifts, (byte) pattern.length);
        for (int i = 0; i < pattern.length - 1; i++) {
            shifts[pattern[i] & 0xff] = (byte) (pattern.length - 1 - i);
        }
    }

    int length() {
        return pattern.length;
    }

    /** Where the first whole delimiter in {@code text[from, to)} begins, or -1. */
    int find(byte[] text, int from, int to) {
        byte[] pattern = this.pattern;
        byte[] shifts = this.shifts;
        int last = pattern.length - 1;
        byte lastByte = pattern[last];
        for (int end = from + last; end < to; ) {
            byte found = text[end];
            if (found == lastByte && text[end - last] == '\r' && matching(text, end - last, to) == pattern.length) {
                return end - last;
            }
            end += shifts[found & 0xff];
        }
        return -1;
    }

    /** How many bytes of the delimiter stand at {@code from}, as far as there are bytes. */
    int matching(byte[] text, int from, int to) {
        int most = Math.min(pattern.length, to - from);
        int mismatch = Arrays.mismatch(text, from, from + most, pattern, 0, most);
        return mismatch < 0 ? most : mismatch;
    }

    /**
     * How many bytes at the end of {@code text[from, to)}, which holds no whole delimiter, may be the beginning of one.
     */
    int begun(byte[] text, int from, int to) {
        for (int i = to - 1; i >= Math.max(from, to - pattern.length + 1); i--) {
            if (text[i] == '\r') {
                return matching(text, i, to) == to - i ? to - i : 0;
            }
        }
        return 0;
    }
}
