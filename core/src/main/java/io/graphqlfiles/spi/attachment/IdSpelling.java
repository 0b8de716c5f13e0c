package io.graphqlfiles.spi.attachment;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells which ids may be spellings of one: what bindings of arguments and databases take for the same. These are upper
 * and lower case, accents and other marks, forms of width, blanks and invisible characters, digits of other scripts,
 * signs, leading zeros, fractions of zero and hexadecimal forms of numbers, and UUIDs with and without hyphens.
 *
 * <p>Ids with different spellings may still be of different records. So this is for finding out that an id is not
 * certain, never for choosing a record.
 */
public final class IdSpelling {

    private static final Pattern INVISIBLE = Pattern.compile("[\\p{M}\\p{C}\\p{Z}\\s]+");
    private static final Pattern HEXADECIMAL = Pattern.compile("([+-]?)(?:0x|#)([0-9a-f]{1,255})");
    private static final Pattern DECIMAL =
            Pattern.compile("[+-]?[0-9]{1,255}(?:\\.[0-9]{0,255})?(?:e[+-]?[0-9]{1,2})?");
    private static final Pattern UUID =
            Pattern.compile("(?:urn:uuid:)?\\{?([0-9a-f]+)-([0-9a-f]+)-([0-9a-f]+)-([0-9a-f]+)-([0-9a-f]+)}?");
    private static final int[] UUID_DIGITS = {8, 4, 4, 4, 12};
    /** What databases that ignore accents ignore, and Unicode does not take apart. */
    private static final Map<Integer, String> BASE_LETTERS = Map.of(
            (int) 'ø', "o", (int) 'đ', "d", (int) 'ł', "l", (int) 'ħ', "h", (int) 'ŧ', "t", (int) 'ı', "i", (int) 'æ',
            "ae", (int) 'œ', "oe");

    private static final int FINGERPRINT_LENGTH = 32;
    /** With less digits than a UUID without hyphens. */
    private static final Pattern CANONICAL =
            Pattern.compile("0|-?[1-9][0-9]{0,29}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private IdSpelling() {}

    /** The same for all ids that may be spellings of one: 32 hexadecimal digits, to be kept in an index. */
    public static String fingerprint(String id) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(folded(id).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, FINGERPRINT_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Whether two ids are equal, or may be spellings of one. */
    public static boolean isSimilar(String id, String other) {
        return id.equals(other) || folded(id).equals(folded(other));
    }

    /**
     * Whether an id is spelled as numbers and UUIDs print themselves: a whole number of up to 30 digits without zeros
     * before it, or a UUID in small letters with hyphens. A record that a binding or a database finds by it has it in
     * this spelling. Of other ids, those with letters for example, that is not known.
     */
    public static boolean isCanonical(String id) {
        return CANONICAL.matcher(id).matches();
    }

    private static String folded(String id) {
        String text = letters(id);
        Matcher uuid = UUID.matcher(text);
        if (uuid.matches()) {
            StringBuilder digits = new StringBuilder();
            for (int i = 0; i < UUID_DIGITS.length; i++) {
                String group = "0".repeat(UUID_DIGITS[i]) + uuid.group(i + 1);
                digits.append(group.substring(group.length() - UUID_DIGITS[i]));
            }
            return digits.toString();
        }
        Matcher hexadecimal = HEXADECIMAL.matcher(text);
        if (hexadecimal.matches()) {
            return new BigInteger(hexadecimal.group(1) + hexadecimal.group(2), 16).toString();
        }
        boolean isUuid = text.length() == FINGERPRINT_LENGTH;
        if (!isUuid && DECIMAL.matcher(text).matches()) {
            BigDecimal number = new BigDecimal(text);
            return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
        }
        return text;
    }

    /** Small letters and digits without marks, blanks, and what cannot be seen. */
    private static String letters(String id) {
        String compatible = INVISIBLE
                .matcher(Normalizer.normalize(id, Normalizer.Form.NFKD))
                .replaceAll("");
        String small = compatible.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        StringBuilder letters = new StringBuilder();
        small.codePoints().forEach(letter -> {
            if (Character.getType(letter) == Character.DECIMAL_DIGIT_NUMBER) {
                letters.append(Character.digit(letter, 10));
            } else if (BASE_LETTERS.containsKey(letter)) {
                letters.append(BASE_LETTERS.get(letter));
            } else {
                letters.appendCodePoint(letter);
            }
        });
        return INVISIBLE.matcher(letters).replaceAll("");
    }
}
