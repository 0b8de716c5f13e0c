package io.graphqlfiles.internal.copyurl;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Host names as users type them, in the form that DNS knows: lower case, composed, with labels beyond ASCII in Punycode
 * (RFC 3492). The mapping is that of UTS 46 in its parts that matter for names in use; unlike {@link java.net.IDN} it
 * keeps letters such as the German sharp s, as browsers do.
 */
final class DomainName {

    private static final Pattern DOTS = Pattern.compile("[\u3002\uff0e\uff61]");
    /** What a browser drops from a name without a word. */
    private static final Pattern IGNORED =
            Pattern.compile("[\u00ad\u034f\u180b-\u180d\u200b\u2060\u2064\ufe00-\ufe0f\ufeff]");
    /** What no name has, beyond ASCII: control characters, blanks, what is not assigned. */
    private static final Pattern FORBIDDEN = Pattern.compile("[\\p{C}\\p{Z}&&[^\\p{ASCII}]]");

    private static final Pattern PERMITTED = Pattern.compile("[a-z0-9_.-]+");

    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");
    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile("(?:" + OCTET + "\\.){3}" + OCTET);

    private static final int MAX_LENGTH = 254;
    /** Before it is mapped, which takes long for many accents in a row; of no name are so many taken away. */
    private static final int MAX_UNMAPPED_LENGTH = 1024;

    private static final int MAX_LABEL_LENGTH = 63;

    private DomainName() {}

    /**
     * The name in ASCII.
     *
     * @throws IllegalArgumentException if it is no host name, or a spelling of an address over which parsers disagree:
     *     with fewer than four numbers, or octal or hexadecimal ones
     */
    static String toAscii(String name) {
        if (name.length() > MAX_UNMAPPED_LENGTH) {
            throw tooLong();
        }
        List<String> labels = new ArrayList<>();
        for (String label : DOTS.matcher(mapped(name)).replaceAll(".").split("\\.", -1)) {
            String ascii = label.chars().allMatch(c -> c < 0x80) ? label : "xn--" + Punycode.encode(label);
            if (ascii.length() > MAX_LABEL_LENGTH) {
                throw tooLong();
            }
            labels.add(ascii);
        }
        return checked(String.join(".", labels));
    }

    private static String mapped(String name) {
        StringBuilder lower = new StringBuilder();
        // Not String.toLowerCase: it writes a Greek sigma at the end of a word differently.
        name.codePoints().map(Character::toLowerCase).forEach(lower::appendCodePoint);
        String composed = Normalizer.normalize(IGNORED.matcher(lower).replaceAll(""), Normalizer.Form.NFKC);
        StringBuilder mapped = new StringBuilder();
        composed.codePoints().map(Character::toLowerCase).forEach(mapped::appendCodePoint);
        if (FORBIDDEN.matcher(mapped).find()) {
            throw notAHost();
        }
        return mapped.toString();
    }

    static IllegalArgumentException tooLong() {
        return new IllegalArgumentException("expected a URL with a shorter host name");
    }

    private static IllegalArgumentException notAHost() {
        return new IllegalArgumentException("expected a URL with a host name or an IP address");
    }

    private static String checked(String ascii) {
        String withoutRoot = ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
        if (ascii.length() > MAX_LENGTH) {
            throw tooLong();
        }
        if (withoutRoot.isEmpty() || withoutRoot.startsWith(".") || ascii.contains("..")) {
            throw new IllegalArgumentException("expected a URL with a host");
        }
        if (!PERMITTED.matcher(withoutRoot).matches()) {
            throw notAHost();
        }
        String last = withoutRoot.substring(withoutRoot.lastIndexOf('.') + 1);
        if (NUMBER.matcher(last).matches() && !IPV4.matcher(ascii).matches()) {
            throw new IllegalArgumentException("expected a URL with an IPv4 address of four decimal numbers");
        }
        return ascii;
    }
}
