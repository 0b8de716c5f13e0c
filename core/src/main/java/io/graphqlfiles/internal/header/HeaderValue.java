package io.graphqlfiles.internal.header;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A header such as {@code form-data; name="file"; filename="a.png"}: a value and parameters (RFC 9110, section 5.6.6),
 * as clients and servers really write it. Immutable.
 *
 * <p>Text without quotes goes on to the next semicolon, blanks and commas included. In quoted text a backslash escapes
 * a quote or a backslash and otherwise stands for itself, because old browsers send Windows paths as they are; a quote
 * ends the text only where the header ends or a semicolon follows, because some senders escape none.
 */
public final class HeaderValue {

    /** What stands behind the end of quoted text. */
    private static final Pattern END = Pattern.compile("[ \t]*+(?:;|$)");
    /**
     * What stands behind the end of quoted text for certain, and hardly ever inside of it. Possessive, or thousands of
     * blanks would be tried in every division.
     */
    private static final Pattern CERTAIN_END =
            Pattern.compile("[ \t]*+(?:;[ \t]*+[\\w!#$&+.^`|~*-]++[ \t]*+=|;?[ \t]*+$)");

    private final String text;
    private final Map<String, String> parameters = new HashMap<>();
    private final String value;
    private int position;

    private HeaderValue(String text) throws HeaderSyntaxException {
        this.text = text;
        this.value = until(';').strip().toLowerCase(Locale.ROOT);
        while (position < text.length()) {
            position++;
            readParameter();
        }
    }

    /**
     * Reads a header.
     *
     * @throws HeaderSyntaxException if the text breaks off in a parameter or names one twice
     */
    public static HeaderValue parse(String text) throws HeaderSyntaxException {
        return new HeaderValue(text);
    }

    /** What stands before the parameters, in lower case. */
    public String value() {
        return value;
    }

    /** The parameter with that name, which is in lower case; null if it is not there. */
    public @Nullable String parameter(String name) {
        return parameters.get(name);
    }

    /** The quote as browsers send it in forms (WHATWG); they leave every other percent sign alone. */
    public static String unescape(String text) {
        return text.replace("%22", "\"");
    }

    private void readParameter() throws HeaderSyntaxException {
        int equals = text.indexOf('=', position);
        int semicolon = text.indexOf(';', position);
        if (equals < 0 || (semicolon >= 0 && semicolon < equals)) {
            if (!until(';').isBlank()) {
                throw new HeaderSyntaxException("expected name=value after each semicolon of a header");
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
            throw new HeaderSyntaxException("expected each parameter of a header once");
        }
    }

    private String quoted() throws HeaderSyntaxException {
        StringBuilder unquoted = new StringBuilder();
        for (position++; position < text.length(); position++) {
            char c = text.charAt(position);
            if (c == '"' && isBefore(END)) {
                position++;
                until(';');
                return unquoted.toString();
            }
            // Behind a name that ends in a backslash, the quote is one all the same.
            if (c == '\\' && position + 1 < text.length() && isEscape(text.charAt(position + 1))) {
                c = text.charAt(++position);
            }
            unquoted.append(c);
        }
        throw new HeaderSyntaxException("expected a closing quote in a header");
    }

    private boolean isEscape(char next) {
        if (next != '"') {
            return next == '\\';
        }
        position++;
        boolean isEnd = isBefore(CERTAIN_END);
        position--;
        return !isEnd;
    }

    private boolean isBefore(Pattern end) {
        return end.matcher(text).region(position + 1, text.length()).lookingAt();
    }

    private String until(char end) {
        int start = position;
        int found = text.indexOf(end, start);
        position = found < 0 ? text.length() : found;
        return text.substring(start, position);
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }
}
