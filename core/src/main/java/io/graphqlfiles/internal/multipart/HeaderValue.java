package io.graphqlfiles.internal.multipart;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A header such as {@code form-data; name="file"; filename="a.png"}: a value and parameters.
 *
 * <p>In quoted text a backslash escapes a quote or a backslash and otherwise stands for itself, because old browsers
 * send Windows paths as they are.
 */
final class HeaderValue {

    private final String text;
    private final Map<String, String> parameters = new HashMap<>();
    private final String value;
    private int position;

    private HeaderValue(String text) throws MalformedMultipartException {
        this.text = text;
        this.value = until(';').strip().toLowerCase(Locale.ROOT);
        while (position < text.length()) {
            position++;
            readParameter();
        }
    }

    /** @throws MalformedMultipartException if the text breaks off in a parameter or names one twice */
    static HeaderValue parse(String text) throws MalformedMultipartException {
        return new HeaderValue(text);
    }

    /** What stands before the parameters, in lower case. */
    String value() {
        return value;
    }

    /** The parameter with that name, which is in lower case; null if it is not there. */
    @Nullable
    String parameter(String name) {
        return parameters.get(name);
    }

    private void readParameter() throws MalformedMultipartException {
        int equals = text.indexOf('=', position);
        int semicolon = text.indexOf(';', position);
        if (equals < 0 || (semicolon >= 0 && semicolon < equals)) {
            if (!until(';').isBlank()) {
                throw new MalformedMultipartException("expected name=value after each semicolon of a header");
            }
            return;
        }
        String name = text.substring(position, equals).strip().toLowerCase(Locale.ROOT);
        position = equals + 1;
        while (position < text.length() && isSpace(text.charAt(position))) {
            position++;
        }
        String parameter = position < text.length() && text.charAt(position) == '"'
                ? quoted()
                : until(';').strip();
        if (parameters.putIfAbsent(name, parameter) != null) {
            throw new MalformedMultipartException("expected each parameter of a header once");
        }
    }

    private String quoted() throws MalformedMultipartException {
        StringBuilder unquoted = new StringBuilder();
        for (position++; position < text.length(); position++) {
            char c = text.charAt(position);
            if (c == '"') {
                position++;
                if (!until(';').isBlank()) {
                    throw new MalformedMultipartException("expected a semicolon after the quoted text of a header");
                }
                return unquoted.toString();
            }
            if (c == '\\' && position + 1 < text.length() && isEscapable(text.charAt(position + 1))) {
                c = text.charAt(++position);
            }
            unquoted.append(c);
        }
        throw new MalformedMultipartException("expected a closing quote in a header");
    }

    private String until(char end) {
        int start = position;
        int found = text.indexOf(end, start);
        position = found < 0 ? text.length() : found;
        return text.substring(start, position);
    }

    private static boolean isEscapable(char c) {
        return c == '"' || c == '\\';
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }
}
