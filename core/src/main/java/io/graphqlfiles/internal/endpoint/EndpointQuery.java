package io.graphqlfiles.internal.endpoint;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The query of a URL of the file endpoint: known parameters only, each at most once. */
final class EndpointQuery {

    static final String EXPIRES = "expires";
    static final String SIZE = "size";
    static final String TYPE = "type";
    static final String DISPOSITION = "disposition";
    static final String UPLOAD = "upload";
    static final String PART = "part";
    static final String SIGNATURE = "signature";

    private static final Set<String> NAMES = Set.of(EXPIRES, SIZE, TYPE, DISPOSITION, UPLOAD, PART, SIGNATURE);
    private static final int MAX_LENGTH = 4096;
    private static final Pattern NUMBER = Pattern.compile("0|[1-9]\\d{0,17}");
    private static final Pattern PRINTABLE = Pattern.compile("[ -~]*");

    private final Map<String, String> values;

    private EndpointQuery(Map<String, String> values) {
        this.values = values;
    }

    /** Reads a query; null if it is not one that {@link EndpointDirectAccess} writes. */
    static @Nullable EndpointQuery parse(@Nullable String rawQuery) {
        Map<String, String> values = new HashMap<>();
        if (rawQuery != null && !rawQuery.isEmpty()) {
            if (rawQuery.length() > MAX_LENGTH) {
                return null;
            }
            for (String parameter : rawQuery.split("&", -1)) {
                int equals = parameter.indexOf('=');
                String name = equals < 0 ? "" : parameter.substring(0, equals);
                String value = decoded(parameter.substring(equals + 1));
                if (!NAMES.contains(name) || value == null || values.put(name, value) != null) {
                    return null;
                }
            }
        }
        return new EndpointQuery(values);
    }

    private static @Nullable String decoded(String value) {
        try {
            String text = URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
            return PRINTABLE.matcher(text).matches() ? text : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Appends a parameter, encoded so that {@link #parse} gives it back (RFC 3986, section 2.3). */
    static void append(StringBuilder url, String name, String value) {
        url.append(url.indexOf("?") < 0 ? '?' : '&').append(name).append('=');
        // Nearly every value stands as it is, and a page has a thousand URLs.
        if (isUnreserved(value)) {
            url.append(value);
            return;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c > '~') {
                throw new IllegalArgumentException(name + ": expected printable ASCII");
            }
            if (isUnreserved(c)) {
                url.append(c);
            } else {
                url.append('%').append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 0xf, 16));
            }
        }
    }

    private static boolean isUnreserved(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (!isUnreserved(value.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUnreserved(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || "-._~/".indexOf(c) >= 0;
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    boolean hasOnly(Set<String> names) {
        return names.containsAll(values.keySet());
    }

    @Nullable
    String text(String name) {
        return values.get(name);
    }

    /** A number; null if there is none or it is not written as {@link EndpointDirectAccess} writes it. */
    @Nullable
    Long number(String name) {
        String value = values.get(name);
        return value != null && NUMBER.matcher(value).matches() ? Long.valueOf(value) : null;
    }
}
