package io.graphqlfiles.internal.mime;

import java.util.List;

/**
 * Looks for all marks with a range in one pass. Every mark is a bit; for each of a mark's first four bytes a table says
 * which marks may have it there, so that four look-ups leave only the marks worth comparing. Immutable.
 */
final class RangedSearch {

    private final Mark[] marks;
    /** How many longs a bit for each mark takes. */
    private final int words;

    private final long[][] tables = new long[Mark.LEADING][];
    /** A bit for each two bytes with which some mark can begin: most places are passed over by it. */
    private final long[] beginnings = new long[Mark.BYTES * Mark.BYTES / Long.SIZE];

    private final int last;

    /** @param marks by their number */
    RangedSearch(List<Mark> marks) {
        this.marks = marks.toArray(Mark[]::new);
        this.words = (marks.size() + Long.SIZE - 1) / Long.SIZE;
        this.last = last(marks);
        for (int place = 0; place < Mark.LEADING; place++) {
            tables[place] = new long[Mark.BYTES * words];
            for (Mark mark : marks) {
                for (int value : mark.valuesAt(place)) {
                    tables[place][value * words + mark.number() / Long.SIZE] |= 1L << mark.number();
                }
            }
        }
        for (Mark mark : marks) {
            for (int first : mark.valuesAt(0)) {
                for (int second : mark.valuesAt(1)) {
                    int pair = first * Mark.BYTES + second;
                    beginnings[pair / Long.SIZE] |= 1L << pair;
                }
            }
        }
    }

    private static int last(List<Mark> marks) {
        int last = -1;
        for (Mark mark : marks) {
            last = Math.max(last, mark.to());
        }
        return last;
    }

    /** A bit for each mark by its number: that it is there, or for a regular expression that its first bytes are. */
    long[] find(Content content) {
        long[] found = new long[words];
        int end = Math.min(last, content.length() - 1);
        int first = content.at(0) & 0xff;
        for (int position = 0; position <= end; position++) {
            int second = content.at(position + 1) & 0xff;
            int pair = first * Mark.BYTES + second;
            if ((beginnings[pair / Long.SIZE] >> pair & 1) != 0) {
                findAt(content, position, first, second, found);
            }
            first = second;
        }
        return found;
    }

    private void findAt(Content content, int position, int first, int second, long[] found) {
        int third = content.at(position + 2) & 0xff;
        int fourth = content.at(position + 3) & 0xff;
        for (int word = 0; word < words; word++) {
            long possible = tables[0][first * words + word]
                    & tables[1][second * words + word]
                    & tables[2][third * words + word]
                    & tables[3][fourth * words + word]
                    & ~found[word];
            for (; possible != 0; possible &= possible - 1) {
                int bit = Long.numberOfTrailingZeros(possible);
                Mark mark = marks[word * Long.SIZE + bit];
                if (position >= mark.from() && position <= mark.to() && mark.mayStandAt(content, position)) {
                    found[word] |= 1L << bit;
                }
            }
        }
    }
}
