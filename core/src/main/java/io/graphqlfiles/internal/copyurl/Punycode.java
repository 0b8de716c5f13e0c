package io.graphqlfiles.internal.copyurl;

/** RFC 3492: a label of a host name in ASCII. */
final class Punycode {

    private static final int BASE = 36;
    private static final int T_MIN = 1;
    private static final int T_MAX = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int INITIAL_BIAS = 72;
    private static final int INITIAL_N = 0x80;
    /** Longer ones have no room in a label; the time to encode grows with the square of the length. */
    private static final int MAX_LENGTH = 63;

    private Punycode() {}

    /**
     * Encodes the label, without the prefix {@code xn--}.
     *
     * @throws IllegalArgumentException if the label is too long for DNS
     */
    static String encode(String label) {
        int[] input = label.codePoints().toArray();
        if (input.length > MAX_LENGTH) {
            throw DomainName.tooLong();
        }
        StringBuilder output = new StringBuilder();
        for (int c : input) {
            if (c < INITIAL_N) {
                output.append((char) c);
            }
        }
        int basic = output.length();
        if (basic > 0) {
            output.append('-');
        }
        int n = INITIAL_N;
        int delta = 0;
        int bias = INITIAL_BIAS;
        for (int handled = basic; handled < input.length; ) {
            int next = Integer.MAX_VALUE;
            for (int c : input) {
                if (c >= n && c < next) {
                    next = c;
                }
            }
            delta += (next - n) * (handled + 1);
            n = next;
            for (int c : input) {
                if (c < n) {
                    delta++;
                }
                if (c == n) {
                    append(output, delta, bias);
                    bias = adapt(delta, handled + 1, handled == basic);
                    delta = 0;
                    handled++;
                }
            }
            delta++;
            n++;
        }
        return output.toString();
    }

    private static void append(StringBuilder output, int delta, int bias) {
        int q = delta;
        for (int k = BASE; ; k += BASE) {
            int t = Math.min(T_MAX, Math.max(T_MIN, k - bias));
            if (q < t) {
                output.append(digit(q));
                return;
            }
            output.append(digit(t + (q - t) % (BASE - t)));
            q = (q - t) / (BASE - t);
        }
    }

    private static int adapt(int delta, int count, boolean isFirst) {
        int scaled = isFirst ? delta / DAMP : delta / 2;
        scaled += scaled / count;
        int k = 0;
        for (; scaled > (BASE - T_MIN) * T_MAX / 2; k += BASE) {
            scaled /= BASE - T_MIN;
        }
        return k + (BASE - T_MIN + 1) * scaled / (scaled + SKEW);
    }

    private static char digit(int value) {
        return (char) (value < 26 ? 'a' + value : '0' + value - 26);
    }
}
