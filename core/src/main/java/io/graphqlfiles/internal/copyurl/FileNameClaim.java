package io.graphqlfiles.internal.copyurl;

import io.graphqlfiles.internal.header.FileNameParameter;
import io.graphqlfiles.internal.header.HeaderSyntaxException;
import io.graphqlfiles.internal.header.HeaderValue;
import io.graphqlfiles.internal.header.TextBytes;
import org.apache.hc.core5.http.Header;
import org.jspecify.annotations.Nullable;

/**
 * What a server calls its file: {@code Content-Disposition} (RFC 6266), or else the last segment of the path. Not
 * cleaned.
 */
final class FileNameClaim {

    private FileNameClaim() {}

    static @Nullable String of(WebUrl url, @Nullable Header contentDisposition) {
        String named = contentDisposition == null ? null : fromHeader(contentDisposition.getValue());
        return named == null ? fromPath(url) : named;
    }

    /** A header that cannot be read names nothing: a name is no reason to refuse a file. */
    private static @Nullable String fromHeader(String value) {
        String text = TextBytes.decode(value);
        int semicolon = text.indexOf(';');
        // Some servers forget to say what to do with the file.
        boolean isBare =
                text.substring(0, semicolon < 0 ? text.length() : semicolon).contains("=");
        try {
            return FileNameParameter.of(HeaderValue.parse(isBare ? "attachment; " + text : text));
        } catch (HeaderSyntaxException e) {
            return null;
        }
    }

    private static @Nullable String fromPath(WebUrl url) {
        String name = PercentEncoding.decode(url.path().substring(url.path().lastIndexOf('/') + 1));
        return name.isBlank() ? null : name;
    }
}
