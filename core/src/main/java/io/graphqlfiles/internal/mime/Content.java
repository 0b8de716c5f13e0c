package io.graphqlfiles.internal.mime;

import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** The first bytes of one file while its type is looked for. For one thread. */
final class Content {

    /**
     * How many characters all regular expressions together may read: two windows and a half. Real files need less; a
     * made one could keep Java's engine going for milliseconds.
     */
    private static final int READS = 20_000;

    private final byte[] bytes;
    private final int length;
    private final RangedSearch search;
    private long @Nullable [] ranged;
    private int reads = READS;

    Content(byte[] bytes, int length, RangedSearch search) {
        this.bytes = bytes;
        this.length = length;
        this.search = search;
    }

    int length() {
        return length;
    }

    /** Zero behind the end. */
    byte at(int position) {
        return position < length ? bytes[position] : 0;
    }

    /** Which marks with a range are there, a bit for each by its number; searched for once. */
    long[] ranged() {
        if (ranged == null) {
            ranged = search.find(this);
        }
        return ranged;
    }

    boolean hasRanged(int number) {
        return (ranged()[number / Long.SIZE] >> number & 1) != 0;
    }

    /** A view of the bytes as characters, in Latin-1. */
    CharSequence window(int start, int size) {
        return new Window(start, size);
    }

    /** An expression that has read too much does not match, and neither does any after it. */
    boolean lookingAt(Matcher matcher) {
        try {
            return matcher.lookingAt();
        } catch (ReadTooMuch e) {
            return false;
        }
    }

    private final class Window implements CharSequence {

        private final int start;
        private final int size;

        Window(int start, int size) {
            this.start = start;
            this.size = size;
        }

        @Override
        public int length() {
            return size;
        }

        @Override
        public char charAt(int index) {
            if (--reads < 0) {
                throw new ReadTooMuch();
            }
            return (char) (at(start + index) & 0xff);
        }

        @Override
        public CharSequence subSequence(int from, int to) {
            return new Window(start + from, to - from);
        }
    }

    private static final class ReadTooMuch extends RuntimeException {

        private static final long serialVersionUID = 1L;

        ReadTooMuch() {
            super("a regular expression reads without end", null, false, false);
        }
    }
}
