package io.graphqlfiles.internal.endpoint;

import io.graphqlfiles.internal.mime.ContentDisposition;
import io.graphqlfiles.internal.mime.StoredTypes;
import io.graphqlfiles.spi.BlobInfo;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The headers with which files are answered, such that none of them can run as script in the origin that serves it. */
public final class EndpointHeaders {

    /** For documents that the browser makes of a picture or film when it is opened on its own. */
    private static final String POLICY =
            "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox";

    /** Browsers show PDF in a viewer with an origin of its own, and Chromium's does not start in a sandbox. */
    private static final String PDF_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'";

    private static final String METHODS = "GET, HEAD, PUT, OPTIONS";

    private final List<String> allowedOrigins;

    public EndpointHeaders(List<String> allowedOrigins) {
        this.allowedOrigins = List.copyOf(allowedOrigins);
    }

    /** For every answer, errors included: a script of another origin should be able to read why. */
    public Map<String, String> common(@Nullable String origin) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Cross-Origin-Resource-Policy", "cross-origin");
        if (allowedOrigins.contains("*")) {
            // Safe, because the signature in the URL permits the request and no cookie does: credentials are never
            // allowed.
            headers.put("Access-Control-Allow-Origin", "*");
        } else {
            headers.put("Vary", "Origin");
            if (origin != null && allowedOrigins.contains(origin)) {
                headers.put("Access-Control-Allow-Origin", origin);
            }
        }
        headers.put(
                "Access-Control-Expose-Headers",
                "Accept-Ranges, Content-Disposition, Content-Length, Content-Range, ETag");
        return headers;
    }

    Map<String, String> options(@Nullable String origin) {
        Map<String, String> headers = common(origin);
        headers.put("Allow", METHODS);
        headers.put("Access-Control-Allow-Methods", METHODS);
        headers.put("Access-Control-Allow-Headers", "content-type, if-match, if-none-match, if-range, range");
        headers.put("Access-Control-Max-Age", "86400");
        return headers;
    }

    Map<String, String> notAllowed(@Nullable String origin) {
        Map<String, String> headers = common(origin);
        headers.put("Allow", METHODS);
        return headers;
    }

    /** What 200, 206, 304 and 416 have in common (RFC 9110, section 15.4.5). */
    Map<String, String> validators(@Nullable String origin, BlobInfo blob, @Nullable Long secondsLeft) {
        Map<String, String> headers = common(origin);
        headers.put("ETag", entityTag(blob.version()));
        headers.put("Last-Modified", HttpDates.format(blob.createdAt()));
        headers.put("Accept-Ranges", "bytes");
        // A key never gets other bytes, so within the URL's life there is nothing to ask again.
        headers.put(
                "Cache-Control",
                secondsLeft == null
                        ? "public, max-age=31536000, immutable"
                        : "private, max-age=" + secondsLeft + ", immutable");
        return headers;
    }

    /** Adds what describes the content. */
    static void describe(Map<String, String> headers, BlobInfo blob, @Nullable String wantedDisposition) {
        String type = StoredTypes.typeOf(blob.contentType());
        boolean shown = ContentDisposition.isInlineSafe(type);
        String disposition = wantedDisposition == null ? blob.contentDisposition() : wantedDisposition;
        headers.put("Content-Type", StoredTypes.served(blob.contentType()));
        headers.put("Content-Disposition", shown ? disposition : asAttachment(disposition));
        headers.put("Content-Security-Policy", type.equals("application/pdf") ? PDF_POLICY : POLICY);
    }

    /** Whatever was stored or signed: what could run as script is downloaded. */
    private static String asAttachment(String disposition) {
        int parameters = disposition.indexOf(';');
        String kind = parameters < 0 ? disposition : disposition.substring(0, parameters);
        if (kind.strip().toLowerCase(Locale.ROOT).equals("attachment")) {
            return disposition;
        }
        return parameters < 0 ? "attachment" : "attachment" + disposition.substring(parameters);
    }

    static String entityTag(String version) {
        return "\"" + version + "\"";
    }

    static long secondsLeft(long expires, Instant now) {
        return Math.max(0, expires - now.getEpochSecond());
    }
}
