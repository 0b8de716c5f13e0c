package io.graphqlfiles.internal.mime;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression, over one character for each byte. It is compiled when a file's first bytes first ask for it;
 * most never are.
 */
final class RegexMark extends Mark {

    /** How many characters the expression sees, from the place where it begins; zeros behind the file's end. */
    private static final int WINDOW = 8192;

    private final String expression;
    private final List<byte[]> leading;
    private volatile @Nullable Pattern pattern;

    /** @param leading for each of the first bytes, as far as known, the set of its possible values, a bit for each */
    RegexMark(int from, int to, int number, String expression, List<byte[]> leading) {
        super(from, to, number);
        this.expression = expression;
        this.leading = List.copyOf(leading);
    }

    @Override
    public boolean holds(Content content) {
        if (content.length() < from() || (isRanged() && !content.hasRanged(number()))) {
            return false;
        }
        Matcher matcher = null;
        for (int position = from(); position <= to(); position++) {
            if (begins(content, position)) {
                if (matcher == null) {
                    matcher = compiled().matcher(content.window(from(), WINDOW + to() - from()));
                }
                int start = position - from();
                if (content.lookingAt(matcher.region(start, start + WINDOW))) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean begins(Content content, int position) {
        for (int place = 0; place < leading.size(); place++) {
            int value = content.at(position + place) & 0xff;
            if (!isIn(leading.get(place), value)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isIn(byte[] set, int value) {
        return (set[value / Byte.SIZE] >> value % Byte.SIZE & 1) != 0;
    }

    @Override
    int[] valuesAt(int place) {
        if (place >= leading.size()) {
            return any();
        }
        int[] values = new int[BYTES];
        int count = 0;
        for (int value = 0; value < BYTES; value++) {
            if (isIn(leading.get(place), value)) {
                values[count++] = value;
            }
        }
        return Arrays.copyOf(values, count);
    }

    @Override
    boolean mayStandAt(Content content, int position) {
        return true;
    }

    private Pattern compiled() {
        Pattern compiled = pattern;
        if (compiled == null) {
            compiled = Pattern.compile(expression);
            pattern = compiled;
        }
        return compiled;
    }
}
