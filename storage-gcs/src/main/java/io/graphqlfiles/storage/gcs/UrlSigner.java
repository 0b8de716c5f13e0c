package io.graphqlfiles.storage.gcs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;

/**
 * Makes V4 signed URLs, with the bucket in the path. Asks no clock and does no I/O. Thread-safe.
 *
 * @see <a href="https://cloud.google.com/storage/docs/access-control/signed-urls">Signed URLs</a>
 * @see <a href="https://cloud.google.com/storage/docs/authentication/canonical-requests">Canonical requests</a>
 */
final class UrlSigner {

    static final String REGION = "auto";
    static final String SERVICE = "storage";
    static final String REQUEST = "goog4_request";

    private static final String SCOPE = "/" + REGION + "/" + SERVICE + "/" + REQUEST;
    private static final long MAX_SECONDS = 7 * 24 * 60 * 60;
    private static final HexFormat HEX = HexFormat.of();

    private final String endpoint;
    private final String host;
    private final SigningKey key;
    private final String encodedAccount;

    /** @param endpoint scheme and authority of the service, without a path */
    UrlSigner(URI endpoint, SigningKey key) {
        this.endpoint = endpoint.toString();
        this.host = endpoint.getRawAuthority();
        this.key = key;
        this.encodedAccount = encode(key.account());
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
        if (seconds > MAX_SECONDS) {
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
    URI sign(
            String method,
            String path,
            SortedMap<String, String> headers,
            SortedMap<String, String> query,
            Instant signedAt,
            Instant end) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(signedAt.getEpochSecond(), 0, ZoneOffset.UTC);
        LocalDate day = time.toLocalDate();
        String date = date(day);
        String timestamp =
                date + "T" + digits(time.getHour() * 10_000 + time.getMinute() * 100 + time.getSecond(), 6) + "Z";

        StringBuilder canonicalHeaders = new StringBuilder(160);
        StringBuilder names = new StringBuilder(80);
        boolean hostDone = false;
        for (Map.Entry<String, String> header : headers.entrySet()) {
            if (!hostDone && header.getKey().compareTo("host") > 0) {
                append(canonicalHeaders, names, "host", host);
                hostDone = true;
            }
            append(canonicalHeaders, names, header.getKey(), canonical(header.getKey(), header.getValue()));
        }
        if (!hostDone) {
            append(canonicalHeaders, names, "host", host);
        }
        String signedHeaders = names.toString();

        // In the order of the names: capitals come before small letters.
        StringBuilder url =
                new StringBuilder(1200).append(endpoint).append(path).append('?');
        int queryStart = url.length();
        url.append("X-Goog-Algorithm=").append(key.algorithm());
        url.append("&X-Goog-Credential=").append(encodedAccount).append("%2F").append(date);
        url.append("%2F" + REGION + "%2F" + SERVICE + "%2F" + REQUEST);
        url.append("&X-Goog-Date=").append(timestamp);
        url.append("&X-Goog-Expires=").append(end.getEpochSecond() - signedAt.getEpochSecond());
        url.append("&X-Goog-SignedHeaders=").append(signedHeaders.replace(";", "%3B"));
        query.forEach((name, value) -> url.append('&').append(name).append('=').append(encode(value)));

        StringBuilder canonicalRequest = new StringBuilder(url.length() + 300);
        canonicalRequest.append(method).append('\n').append(path).append('\n');
        canonicalRequest.append(url, queryStart, url.length()).append('\n');
        canonicalRequest
                .append(canonicalHeaders)
                .append('\n')
                .append(signedHeaders)
                .append("\nUNSIGNED-PAYLOAD");

        String text = key.algorithm() + "\n" + timestamp + "\n" + date + SCOPE + "\n"
                + HEX.formatHex(sha256(canonicalRequest.toString()));
        url.append("&X-Goog-Signature=").append(HEX.formatHex(key.sign(day, text.getBytes(UTF_8))));
        return URI.create(url.toString());
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
    private static String encode(String text) {
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

    private static String date(LocalDate day) {
        return digits(day.getYear() * 10_000 + day.getMonthValue() * 100 + day.getDayOfMonth(), 8);
    }

    private static String digits(int number, int length) {
        String digits = Integer.toString(number);
        return "0".repeat(length - digits.length()) + digits;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing from this Java", e);
        }
    }
}
