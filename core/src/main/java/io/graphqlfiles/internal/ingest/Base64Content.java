package io.graphqlfiles.internal.ingest;

import io.graphqlfiles.FileErrorCode;
import io.graphqlfiles.FileException;
import java.io.InputStream;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Content that came as base64 text or as a {@code data:} URL (RFC 2397) with base64. Its length is known before
 * anything is decoded; it is decoded a piece at a time, without a second copy of the text.
 */
final class Base64Content {

    private static final String DATA_URL = "data:";
    private static final int MAX_DATA_URL_HEAD = 1024;
    /** The type's parameters may have commas that nobody quoted: {@code video/webm;codecs=vp8,opus;base64,}. */
    private static final Pattern DATA_URL_HEAD =
            Pattern.compile("([^;,]*)((?:[;,].*?)??);\\s*base64\\s*,", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** They do not count in a URL (WHATWG). */
    private static final Pattern LINE_ENDS = Pattern.compile("[\r\n]+");

    private final Base64Text body;
    private final @Nullable String mimeType;

    private Base64Content(Base64Text body, @Nullable String mimeType) {
        this.body = body;
        this.mimeType = mimeType;
    }

    /** @throws FileException if the text cannot be base64 by its length, or is a data URL of another kind */
    static Base64Content of(String text) {
        int start = 0;
        String mimeType = null;
        int scheme = Base64Text.firstOf(text);
        if (text.regionMatches(true, scheme, DATA_URL, 0, DATA_URL.length())) {
            int headStart = scheme + DATA_URL.length();
            int headEnd = Math.min(text.length(), scheme + MAX_DATA_URL_HEAD);
            Matcher head = DATA_URL_HEAD.matcher(text).region(headStart, headEnd);
            if (!head.lookingAt()) {
                int comma = text.indexOf(',', headStart);
                throw invalid(
                        comma < 0 || comma >= headEnd
                                ? "a data URL has a comma after its type"
                                : "a data URL must say ;base64 before its comma");
            }
            mimeType = type(
                    head.group(1).strip().toLowerCase(Locale.ROOT),
                    LINE_ENDS.matcher(head.group(2)).replaceAll(""));
            start = head.end();
        }
        return new Base64Content(Base64Text.of(text, start, start > 0), mimeType);
    }

    /** Parameters alone are those of plain text (RFC 2397). */
    private static @Nullable String type(String type, String parameters) {
        if (!parameters.startsWith(";")) {
            return type.isEmpty() ? null : type;
        }
        return (type.isEmpty() ? "text/plain" : type) + parameters;
    }

    /** Length of the content in bytes. */
    long byteSize() {
        return body.byteSize();
    }

    /** The type that a data URL names, with its parameters as they came; null if it names neither. */
    @Nullable
    String mimeType() {
        return mimeType;
    }

    /** The content; reading throws a {@link FileException} where the text is not base64. */
    InputStream open() {
        return body.open();
    }

    private static FileException invalid(String reason) {
        return new FileException(FileErrorCode.FILE_BASE64_INVALID, "The text is not base64: " + reason + ".");
    }
}
