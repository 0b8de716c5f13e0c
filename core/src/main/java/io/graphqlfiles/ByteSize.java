package io.graphqlfiles;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes. Units are powers of 1024, as in Spring's {@code DataSize}: 1 KB is 1,024 bytes.
 *
 * @param bytes 0 or more
 */
public record ByteSize(long bytes) implements Comparable<ByteSize> {

    private static final Pattern TEXT = Pattern.compile("\\s*(\\d{1,18})\\s*([KMGT]?)(I?)(B?)\\s*");
    private static final String UNITS = "KMGT";

    /** @throws IllegalArgumentException if the number is negative */
    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("expected 0 or more bytes, found " + bytes);
        }
    }

    /** That many bytes. */
    public static ByteSize bytes(long bytes) {
        return new ByteSize(bytes);
    }

    /** That many times 1,024 bytes. */
    public static ByteSize kilobytes(long kilobytes) {
        return scaled(kilobytes, 1);
    }

    /** That many times 1,048,576 bytes. */
    public static ByteSize megabytes(long megabytes) {
        return scaled(megabytes, 2);
    }

    /** That many times 1,073,741,824 bytes. */
    public static ByteSize gigabytes(long gigabytes) {
        return scaled(gigabytes, 3);
    }

    /**
     * Reads a whole number with an optional unit: {@code 512}, {@code 512B}, {@code 64KB}, {@code 5MB}, {@code 1 GB},
     * {@code 5MiB}. Upper and lower case are the same.
     *
     * @throws IllegalArgumentException if the text is anything else or the number does not fit
     */
    public static ByteSize parse(String text) {
        Matcher matcher = TEXT.matcher(text.toUpperCase(Locale.ROOT));
        if (!matcher.matches()
                || (matcher.group(2).isEmpty() && !matcher.group(3).isEmpty())) {
            throw new IllegalArgumentException("expected a size such as \"512\", \"64KB\", \"5MB\" or \"1GB\", found \""
                    + (text.length() <= 40 ? text : text.substring(0, 40) + "...") + "\"");
        }
        String unit = matcher.group(2);
        return scaled(Long.parseLong(matcher.group(1)), unit.isEmpty() ? 0 : UNITS.indexOf(unit) + 1);
    }

    private static ByteSize scaled(long number, int thousands) {
        try {
            return new ByteSize(Math.multiplyExact(number, 1L << (10 * thousands)));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "expected a size below 8 exabytes, found " + number + " with unit "
                            + (thousands == 0 ? "B" : UNITS.charAt(thousands - 1) + "B"),
                    e);
        }
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /**
     * The largest unit that gives a whole number, for example {@code 5 MB} or {@code 1,500 bytes} as {@code 1500
     * bytes}.
     */
    @Override
    public String toString() {
        long number = bytes;
        int thousands = 0;
        while (number != 0 && number % 1024 == 0 && thousands < UNITS.length()) {
            number /= 1024;
            thousands++;
        }
        return thousands == 0
                ? number + (number == 1 ? " byte" : " bytes")
                : number + " " + UNITS.charAt(thousands - 1) + "B";
    }
}
