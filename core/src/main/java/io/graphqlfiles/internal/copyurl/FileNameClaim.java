package io.graphqlfiles.internal.copyurl;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HeaderElement;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.http.message.BasicHeaderValueParser;
import org.apache.hc.core5.http.message.ParserCursor;
import org.jspecify.annotations.Nullable;

/**
 * What a server calls its file: {@code Content-Disposition} (RFC 6266), or else the last segment of the path. Not
 * cleaned.
 */
final class FileNameClaim {

    private FileNameClaim() {}

    static @Nullable String of(URI url, @Nullable Header contentDisposition) {
        String named = contentDisposition == null ? null : fromHeader(contentDisposition.getValue());
        return named == null || named.isBlank() ? fromPath(url) : named;
    }

    private static @Nullable String fromHeader(String value) {
        String plain = null;
        for (HeaderElement element :
                BasicHeaderValueParser.INSTANCE.parseElements(value, new ParserCursor(0, value.length()))) {
            for (NameValuePair parameter : element.getParameters()) {
                if (parameter.getValue() == null) {
                    continue;
                }
                if (parameter.getName().equalsIgnoreCase("filename*")) {
                    String extended = extended(parameter.getValue());
                    if (extended != null) {
                        return extended;
                    }
                } else if (parameter.getName().equalsIgnoreCase("filename")) {
                    plain = parameter.getValue();
                }
            }
        }
        return plain;
    }

    /** RFC 8187, section 3.2: charset, an unused language, percent-encoded text. */
    private static @Nullable String extended(String value) {
        int first = value.indexOf('\'');
        int second = value.indexOf('\'', first + 1);
        if (first < 0 || second < 0) {
            return null;
        }
        String charset = value.substring(0, first);
        if (charset.equalsIgnoreCase("utf-8")) {
            return decoded(value.substring(second + 1), StandardCharsets.UTF_8);
        }
        return charset.equalsIgnoreCase("iso-8859-1")
                ? decoded(value.substring(second + 1), StandardCharsets.ISO_8859_1)
                : null;
    }

    private static @Nullable String fromPath(URI url) {
        String path = url.getRawPath();
        String segment = path == null ? "" : path.substring(path.lastIndexOf('/') + 1);
        String name = decoded(segment, StandardCharsets.UTF_8);
        return name == null || name.isBlank() ? null : name;
    }

    private static @Nullable String decoded(String text, Charset charset) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), charset);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
