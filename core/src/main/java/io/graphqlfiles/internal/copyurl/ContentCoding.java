package io.graphqlfiles.internal.copyurl;

import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.Header;

/** How a body is packed (RFC 9110, section 8.4) by a server that was asked not to. */
enum ContentCoding {
    IDENTITY,
    GZIP,
    DEFLATE;

    /** No codings, but what uploads to buckets leave in the header, and browsers ignore. */
    private static final Set<String> NOT_PACKED =
            Set.of("8bit", "aws-chunked", "binary", "identity", "none", "utf-8", "utf8");

    private static final Pattern PRINTABLE = Pattern.compile("[A-Za-z0-9_., -]{1,40}");

    /** @throws UrlFetchException if it is packed in another way, or more than once */
    static ContentCoding of(Header[] contentEncoding) throws UrlFetchException {
        List<String> codings = Arrays.stream(contentEncoding)
                .flatMap(header -> Pattern.compile(",").splitAsStream(header.getValue()))
                .map(coding -> coding.strip().toLowerCase(Locale.ROOT))
                .filter(coding -> !coding.isEmpty() && !NOT_PACKED.contains(coding))
                .toList();
        if (codings.isEmpty()) {
            return IDENTITY;
        }
        return switch (String.join(", ", codings)) {
            case "gzip", "x-gzip" -> GZIP;
            case "deflate" -> DEFLATE;
            default -> throw unknown(codings);
        };
    }

    private static UrlFetchException unknown(List<String> codings) {
        String found = String.join(", ", codings);
        return UrlFetchException.unreachable(
                "the server of the URL sends its content packed"
                        + (PRINTABLE.matcher(found).matches() ? " as " + found : "")
                        + "; expected it as it is, or as gzip or deflate",
                null);
    }

    InputStream unpacked(InputStream body) {
        return this == IDENTITY ? body : new UnpackedStream(body, this == GZIP);
    }
}
