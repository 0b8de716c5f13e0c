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
        int four = (content.at(0) & 0xff) << 16 | (content.at(1) & 0xff) << 8 | (content.at(2) & 0xff);
        // Long runs of one byte are common, of line feeds for example, and begin no mark at each of their places.
        int barren = 0;
        boolean isBarrenKnown = false;
        for (int position = 0; position <= end; position++) {
            four = four << 8 | (content.at(position + 3) & 0xff);
            int pair = four >>> 16;
            if ((beginnings[pair / Long.SIZE] >> pair & 1) != 0
                    && !(isBarrenKnown && four == barren)
                    && !findAt(content, position, four, found)) {
                barren = four;
                isBarrenKnown = true;
            }
        }
        return found;
    }

    /** Returns whether a mark that was not found yet can begin with these four bytes. */
    private boolean findAt(Content content, int position, int four, long[] found) {
        boolean canBegin = false;
        for (int word = 0; word < words; word++) {
            long possible = tables[0][(four >>> 24) * words + word]
                    & tables[1][(four >>> 16 & 0xff) * words + word]
                    & tables[2][(four >>> 8 & 0xff) * words + word]
                    & tables[3][(four & 0xff) * words + word]
                    & ~found[word];
            canBegin |= possible != 0;
            for (; possible != 0; possible &= possible - 1) {
                int bit = Long.numberOfTrailingZeros(possible);
                Mark mark = marks[word * Long.SIZE + bit];
                if (position >= mark.from() && position <= mark.to() && mark.mayStandAt(content, position)) {
                    found[word] |= 1L << bit;
                }
            }
        }
        return canBegin;
    }
}
