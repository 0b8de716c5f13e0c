package io.graphqlfiles.internal.mime;

import java.util.List;

/**
 * Something that stands at one place in the file's first bytes, or begins somewhere in a range of places. Immutable.
 */
abstract sealed class Mark implements Clause permits ByteMark, RegexMark {

    /** How many of a mark's first bytes {@link #valuesAt} covers. */
    static final int LEADING = 4;

    /** All values of a byte. */
    static final int BYTES = 256;

    private static final int[] ANY = allValues();

    private final int from;
    private final int to;
    private final int number;

    /**
     * @param from the first place where it may begin
     * @param to the last place where it may begin
     * @param number its number among the marks with a range; without meaning for others
     */
    Mark(int from, int to, int number) {
        this.from = from;
        this.to = to;
        this.number = number;
    }

    final int from() {
        return from;
    }

    final int to() {
        return to;
    }

    final int number() {
        return number;
    }

    final boolean isRanged() {
        return from < to;
    }

    @Override
    public final List<Mark> necessary() {
        return List.of(this);
    }

    /** The bytes that may stand at that place of the mark, which is less than {@link #LEADING}. Not to be changed. */
    abstract int[] valuesAt(int place);

    /**
     * Returns whether the mark, whose leading bytes are at the position, may be there; for marks of bytes whether it
     * is.
     */
    abstract boolean mayStandAt(Content content, int position);

    /** The place among the first bytes that rules out most. */
    final int rarestPlace() {
        int rarest = 0;
        for (int place = 1; place < LEADING; place++) {
            if (valuesAt(place).length < valuesAt(rarest).length) {
                rarest = place;
            }
        }
        return rarest;
    }

    /** How often it has to be looked for, on a scale of its own. */
    final int frequency() {
        return isRanged() ? BYTES * BYTES : valuesAt(rarestPlace()).length;
    }

    static int[] any() {
        return ANY;
    }

    private static int[] allValues() {
        int[] values = new int[BYTES];
        for (int value = 0; value < BYTES; value++) {
            values[value] = value;
        }
        return values;
    }
}
