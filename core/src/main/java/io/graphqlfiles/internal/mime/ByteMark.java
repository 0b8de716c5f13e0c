package io.graphqlfiles.internal.mime;

import java.util.Arrays;

/** Bytes, some bits of them, or ASCII letters of either case. */
final class ByteMark extends Mark {

    private final byte[] pattern;
    private final byte[] mask;
    private final boolean ignoringCase;

    ByteMark(int from, int to, int number, byte[] pattern, byte[] mask, boolean ignoringCase) {
        super(from, to, number);
        this.mask = mask;
        this.ignoringCase = ignoringCase;
        this.pattern = new byte[pattern.length];
        for (int i = 0; i < pattern.length; i++) {
            this.pattern[i] = (byte) (pattern[i] & mask[i]);
        }
    }

    @Override
    public boolean holds(Content content) {
        return isRanged() ? content.hasRanged(number()) : mayStandAt(content, from());
    }

    @Override
    int[] valuesAt(int place) {
        if (place >= pattern.length) {
            return any();
        }
        int value = pattern[place] & 0xff;
        if (mask[place] == -1) {
            boolean letter = ignoringCase && value >= 'a' && value <= 'z';
            return letter ? new int[] {value - ('a' - 'A'), value} : new int[] {value};
        }
        int[] values = new int[BYTES];
        int count = 0;
        for (int candidate = 0; candidate < BYTES; candidate++) {
            if (matches(place, (byte) candidate)) {
                values[count++] = candidate;
            }
        }
        return Arrays.copyOf(values, count);
    }

    /** As in Tika zeros follow the file's end, except that at the first place of all the mark has to fit. */
    @Override
    boolean mayStandAt(Content content, int position) {
        if (content.length() < from() + pattern.length) {
            return false;
        }
        for (int i = 0; i < pattern.length; i++) {
            if (!matches(i, content.at(position + i))) {
                return false;
            }
        }
        return true;
    }

    private boolean matches(int place, byte value) {
        int masked = value & mask[place];
        if (ignoringCase && masked >= 'A' && masked <= 'Z') {
            masked += 'a' - 'A';
        }
        return (byte) masked == pattern[place];
    }
}
