package io.graphqlfiles.storage.gcs.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Recomputes V4 signatures of the query.
 *
 * @see <a href="https://cloud.google.com/storage/docs/authentication/canonical-requests">Canonical requests</a>
 * @see <a href="https://cloud.google.com/storage/docs/authentication/signatures">Signatures</a>
 */
final class SignatureCheck {

    private static final String RSA = "GOOG4-RSA-SHA256";
    private static final String HMAC = "GOOG4-HMAC-SHA256";
    private static final String SIGNATURE = "X-Goog-Signature";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT);

    private final ServiceAccount account;
    private final Clock clock;

    SignatureCheck(ServiceAccount account, Clock clock) {
        this.account = account;
        this.clock = clock;
    }

    static boolean isSigned(Request request) {
        return request.parameters().stream()
                .anyMatch(parameter -> parameter.name().toLowerCase(Locale.ROOT).startsWith("x-goog-"));
    }

    /** @throws Refusal unless the request is exactly what was signed, and in its time */
    void require(Request request) {
        String algorithm = only(request, "X-Goog-Algorithm");
        String time = only(request, "X-Goog-Date");
        String signature = only(request, SIGNATURE);
        String[] credential = only(request, "X-Goog-Credential").split("/", -1);
        boolean known = (algorithm.equals(RSA) && credential[0].equals(account.email()))
                || (algorithm.equals(HMAC) && credential[0].equals(account.hmacAccessId()));
        if (!known) {
            throw new Refusal(403, "forbidden", "InvalidAccessKeyId", "There is no such key.");
        }
        String scope = String.join("/", Arrays.copyOfRange(credential, 1, credential.length));
        if (!scope.equals(time.substring(0, Math.min(8, time.length())) + "/auto/storage/goog4_request")) {
            throw Refusal.invalid("AuthorizationQueryParametersError", "The credential's scope is another.");
        }
        requireInTime(time, only(request, "X-Goog-Expires"));
        List<String> names = List.of(only(request, "X-Goog-SignedHeaders").split(";", -1));
        requireHeaders(request, names);
        String text = algorithm + "\n" + time + "\n" + scope + "\n" + hex(sha256(canonical(request, names)));
        if (!isSignatureOf(algorithm, scope, text, signature)) {
            throw new Refusal(
                    403,
                    "forbidden",
                    "SignatureDoesNotMatch",
                    "Access denied. The request signature does not match the calculated one.");
        }
    }

    private static String only(Request request, String name) {
        List<String> values = request.parameters().stream()
                .filter(parameter -> parameter.name().equals(name))
                .map(Request.Parameter::value)
                .toList();
        if (values.size() != 1) {
            throw Refusal.invalid("AuthorizationQueryParametersError", "Expected one " + name + ".");
        }
        return values.get(0);
    }

    private void requireInTime(String time, String expires) {
        try {
            Instant from = LocalDateTime.parse(time, TIME).toInstant(ZoneOffset.UTC);
            long seconds = Long.parseLong(expires);
            if (seconds < 1 || seconds > 604_800) {
                throw Refusal.invalid("AuthorizationQueryParametersError", "X-Goog-Expires is not within 7 days.");
            }
            if (clock.instant().isBefore(from.minusSeconds(900))) {
                throw new Refusal(403, "forbidden", "RequestNotYetValid", "The request is not yet valid.");
            }
            if (!clock.instant().isBefore(from.plusSeconds(seconds))) {
                throw Refusal.invalid("ExpiredToken", "Invalid argument. The provided token has expired.");
            }
        } catch (DateTimeParseException | NumberFormatException e) {
            throw Refusal.invalid("AuthorizationQueryParametersError", "A time cannot be read.");
        }
    }

    private static void requireHeaders(Request request, List<String> names) {
        if (!names.contains("host")) {
            throw Refusal.invalid("AuthorizationQueryParametersError", "The host must be signed.");
        }
        for (String name : request.headers().keySet()) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith("x-goog-") && !names.contains(lower)) {
                throw Refusal.invalid("ExcludedHeaders", "A header must be signed: " + lower);
            }
        }
    }

    private static String canonical(Request request, List<String> names) {
        String query = request.parameters().stream()
                .filter(parameter -> !parameter.name().equals(SIGNATURE))
                .map(parameter -> encode(parameter.name()) + "=" + encode(parameter.value()))
                .sorted()
                .collect(Collectors.joining("&"));
        String headers = names.stream()
                .map(name -> name + ":" + value(request.headers(), name) + "\n")
                .collect(Collectors.joining());
        String path = Arrays.stream(request.rawPath().split("/", -1))
                .map(segment -> encode(Request.decode(segment.replace("+", "%2B"))))
                .collect(Collectors.joining("/"));
        return request.method() + "\n" + path + "\n" + query + "\n" + headers + "\n" + String.join(";", names)
                + "\nUNSIGNED-PAYLOAD";
    }

    /** A header that was signed and not sent has no value that could have been signed. */
    private static String value(Map<String, String> headers, String name) {
        return headers.containsKey(name) ? headers.get(name).strip().replaceAll("\\s+", " ") : "\n";
    }

    private boolean isSignatureOf(String algorithm, String scope, String text, String signature) {
        try {
            byte[] sent = HexFormat.of().parseHex(signature);
            if (algorithm.equals(HMAC)) {
                byte[] key = ("GOOG4" + account.hmacSecret()).getBytes(UTF_8);
                for (String step : scope.split("/", -1)) {
                    key = hmac(key, step);
                }
                return MessageDigest.isEqual(hmac(key, text), sent);
            }
            Signature rsa = Signature.getInstance("SHA256withRSA");
            rsa.initVerify(account.publicKey());
            rsa.update(text.getBytes(UTF_8));
            return rsa.verify(sent);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(UTF_8));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
