package io.graphqlfiles.storage.gcs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/**
 * What all signatures of the same time and lifetime have in common, made once: a list of files is signed at one time.
 * Immutable and thread-safe.
 */
final class SigningPeriod {

    private static final HexFormat HEX = HexFormat.of();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final long signedAt;
    private final long end;
    private final String query;
    private final byte[] queryBytes;
    private final SigningKey.Begun begun;
    private final MessageDigest sha256;

    /** @param end of {@link UrlSigner#end} */
    SigningPeriod(SigningKey key, String encodedAccount, Instant signedAt, Instant end) {
        this.signedAt = signedAt.getEpochSecond();
        this.end = end.getEpochSecond();
        String time = TIME.format(signedAt);
        String day = time.substring(0, 8);
        this.query = "X-Goog-Algorithm=" + key.algorithm() + "&X-Goog-Credential=" + encodedAccount + "%2F" + day
                + "%2F" + SigningKey.REGION + "%2F" + SigningKey.SERVICE + "%2F" + SigningKey.REQUEST + "&X-Goog-Date="
                + time + "&X-Goog-Expires=" + (this.end - this.signedAt) + "&X-Goog-SignedHeaders=";
        this.queryBytes = query.getBytes(ISO_8859_1);
        String text = key.algorithm() + "\n" + time + "\n" + day + "/" + SigningKey.REGION + "/" + SigningKey.SERVICE
                + "/" + SigningKey.REQUEST + "\n";
        this.begun = key.begin(day, text.getBytes(ISO_8859_1));
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing from this Java", e);
        }
    }

    boolean is(Instant otherSignedAt, Instant otherEnd) {
        return signedAt == otherSignedAt.getEpochSecond() && end == otherEnd.getEpochSecond();
    }

    /** The first parameters, in the order of their names, up to the value of {@code X-Goog-SignedHeaders}. */
    String query() {
        return query;
    }

    /**
     * The signature of a request, as in a query.
     *
     * @param start of the canonical request, up to {@link #query()}
     * @param end of it, from there
     */
    String sign(String start, String end) {
        try {
            // A clone, as it cannot be shared by threads.
            MessageDigest digest = (MessageDigest) sha256.clone();
            digest.update(start.getBytes(ISO_8859_1));
            digest.update(queryBytes);
            byte[] hash = digest.digest(end.getBytes(ISO_8859_1));
            return HEX.formatHex(begun.sign(HEX.formatHex(hash).getBytes(ISO_8859_1)));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("SHA-256 of this Java cannot be cloned", e);
        }
    }
}
