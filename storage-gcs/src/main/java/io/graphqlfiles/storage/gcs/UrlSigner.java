package io.graphqlfiles.storage.gcs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes V4 signed URLs, with the bucket in the path. Asks no clock and does no I/O. Thread-safe.
 *
 * @see <a href="https://cloud.google.com/storage/docs/access-control/signed-urls">Signed URLs</a>
 * @see <a href="https://cloud.google.com/storage/docs/authentication/canonical-requests">Canonical requests</a>
 */
final class UrlSigner {

    /** The longest that the service takes. */
    static final Duration MAX_VALIDITY = Duration.ofDays(7);

    private static final HexFormat HEX = HexFormat.of();

    private final String endpoint;
    private final String host;
    private final SigningKey key;
    private final String encodedAccount;
    private final SignedHeaders hostAlone;
    private volatile @Nullable SigningPeriod lastPeriod;

    /** @param endpoint scheme and authority of the service, without a path */
    UrlSigner(URI endpoint, SigningKey key) {
        this.endpoint = endpoint.toString();
        this.host = endpoint.getRawAuthority();
        this.key = key;
        this.encodedAccount = encode(key.account());
        this.hostAlone = signedHeaders(Collections.emptySortedMap());
    }

    boolean isSlow() {
        return key.isSlow();
    }

    /**
     * When a URL really ends: signatures know whole seconds only.
     *
     * @throws IllegalArgumentException if that is more than seven days after it begins, which the service refuses
     */
    static Instant end(Instant signedAt, Instant expiresAt) {
        long seconds = Math.max(1, expiresAt.getEpochSecond() - signedAt.getEpochSecond());
        if (seconds > MAX_VALIDITY.toSeconds()) {
            throw new IllegalArgumentException(
                    "expiresAt: expected at most 7 days after signedAt, found " + seconds + " seconds");
        }
        return Instant.ofEpochSecond(signedAt.getEpochSecond() + seconds);
    }

    /**
     * Signs a request.
     *
     * @param path of the bucket or object, percent-encoded, from {@code /}
     * @param headers besides {@code host}, by lower-case name; the request must have them as they are here
     * @param query by name, each starting with a lower-case letter; values are encoded here
     * @param end of {@link #end}
     */
    String sign(
            String method,
            String path,
            SortedMap<String, String> headers,
            SortedMap<String, String> query,
            Instant signedAt,
            Instant end) {
        SigningPeriod period = period(signedAt, end);
        SignedHeaders signed = headers.isEmpty() ? hostAlone : signedHeaders(headers);
        // In the order of the names: capitals come before small letters.
        StringBuilder others = new StringBuilder(signed.encodedNames());
        query.forEach(
                (name, value) -> others.append('&').append(name).append('=').append(encode(value)));
        String signature = period.sign(
                method + '\n' + path + '\n',
                others + "\n" + signed.lines() + '\n' + signed.names() + "\nUNSIGNED-PAYLOAD");
        return endpoint + path + '?' + period.query() + others + "&X-Goog-Signature=" + signature;
    }

    /**
     * What a signature covers.
     *
     * @param lines canonical: name, colon, value, line feed
     * @param names sorted, joined by {@code ;}
     * @param encodedNames the same, as in a query
     */
    private record SignedHeaders(String lines, String names, String encodedNames) {}

    private SignedHeaders signedHeaders(SortedMap<String, String> headers) {
        StringBuilder lines = new StringBuilder(160);
        StringBuilder names = new StringBuilder(80);
        boolean hostDone = false;
        for (Map.Entry<String, String> header : headers.entrySet()) {
            if (!hostDone && header.getKey().compareTo("host") > 0) {
                append(lines, names, "host", host);
                hostDone = true;
            }
            append(lines, names, header.getKey(), canonical(header.getKey(), header.getValue()));
        }
        if (!hostDone) {
            append(lines, names, "host", host);
        }
        return new SignedHeaders(
                lines.toString(), names.toString(), names.toString().replace(";", "%3B"));
    }

    private SigningPeriod period(Instant signedAt, Instant end) {
        SigningPeriod period = lastPeriod;
        if (period == null || !period.is(signedAt, end)) {
            period = new SigningPeriod(key, encodedAccount, signedAt, end);
            lastPeriod = period;
        }
        return period;
    }

    private static void append(StringBuilder headers, StringBuilder names, String name, String value) {
        headers.append(name).append(':').append(value).append('\n');
        names.append(names.isEmpty() ? "" : ";").append(name);
    }

    /** Blanks at the ends do not count, and several are one. */
    private static String canonical(String name, String value) {
        StringBuilder canonical = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < 0x20 || c > 0x7e) {
                throw new IllegalArgumentException(name + ": expected printable ASCII, found something else");
            }
            boolean needless = c == ' ' && (canonical.isEmpty() || canonical.charAt(canonical.length() - 1) == ' ');
            if (!needless) {
                canonical.append(c);
            }
        }
        return canonical.toString().stripTrailing();
    }

    /** Percent-encodes everything but the unreserved characters of RFC 3986. */
    static String encode(String text) {
        StringBuilder encoded = new StringBuilder(text.length() * 2);
        for (byte b : text.getBytes(UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0)) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.withUpperCase().toHexDigits(b));
            }
        }
        return encoded.toString();
    }
}
