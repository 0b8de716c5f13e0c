package io.graphqlfiles.storage.s3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Objects;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/**
 * What all signatures of the same credentials, time and lifetime have in common, made once: a list of files is signed
 * at one time. Immutable and thread-safe.
 */
final class SigningPeriod {

    private static final HexFormat HEX = HexFormat.of();

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final SigningKey key;
    private final @Nullable String sessionToken;
    private final long signedAt;
    private final long lifetime;
    private final byte[] canonicalQuery;
    private final String beforeHeaders;
    private final String afterHeaders;
    private final Mac begun;
    private final MessageDigest sha256;

    private SigningPeriod(SigningKey key, String time, @Nullable String sessionToken, long signedAt, long lifetime) {
        this.key = key;
        this.sessionToken = sessionToken;
        this.signedAt = signedAt;
        this.lifetime = lifetime;
        String algorithm = "X-Amz-Algorithm=AWS4-HMAC-SHA256";
        String credential = "&X-Amz-Credential=" + key.encodedCredential();
        String date = "&X-Amz-Date=" + time;
        String expires = "&X-Amz-Expires=" + lifetime;
        String token = sessionToken == null ? "" : "X-Amz-Security-Token=" + UrlEncoding.encode(sessionToken);
        this.canonicalQuery =
                (algorithm + credential + date + expires + (token.isEmpty() ? "" : "&") + token).getBytes(ISO_8859_1);
        this.beforeHeaders = token + (token.isEmpty() ? "" : "&") + algorithm + date;
        this.afterHeaders = credential + expires + "&X-Amz-Signature=";
        this.begun = key.begin(time);
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * The period that begins at {@code signedAt}.
     *
     * @param last whose key is taken if it is of the same day
     */
    static SigningPeriod of(
            AwsCredentialsIdentity credentials,
            String region,
            long signedAt,
            long lifetime,
            @Nullable SigningPeriod last) {
        String time = TIME.format(Instant.ofEpochSecond(signedAt));
        String day = time.substring(0, 8);
        SigningKey key = last != null && last.key.isOf(credentials, day)
                ? last.key
                : SigningKey.derive(credentials, day, region);
        return new SigningPeriod(key, time, sessionToken(credentials), signedAt, lifetime);
    }

    boolean is(AwsCredentialsIdentity credentials, long otherSignedAt, long otherLifetime) {
        return signedAt == otherSignedAt
                && lifetime == otherLifetime
                && key.isOf(credentials)
                && Objects.equals(sessionToken, sessionToken(credentials));
    }

    /** The parameters before {@code X-Amz-SignedHeaders}, sorted. Not to be changed. */
    byte[] canonicalQuery() {
        return canonicalQuery;
    }

    /** The parameters before {@code X-Amz-SignedHeaders} in the order of the SDK. */
    String beforeHeaders() {
        return beforeHeaders;
    }

    /** Those after it, but for the value of the signature. */
    String afterHeaders() {
        return afterHeaders;
    }

    /** The signature of a canonical request, which is given in pieces: the longest is the same in all requests. */
    String sign(byte[]... canonicalRequest) {
        try {
            // Clones, as neither can be shared by threads; they also keep what has been read so far.
            MessageDigest digest = (MessageDigest) sha256.clone();
            Mac mac = (Mac) begun.clone();
            for (byte[] piece : canonicalRequest) {
                digest.update(piece);
            }
            String hash = HEX.formatHex(digest.digest());
            return HEX.formatHex(mac.doFinal(hash.getBytes(ISO_8859_1)));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("expected a security provider whose HmacSHA256 and SHA-256 clone", e);
        }
    }

    private static @Nullable String sessionToken(AwsCredentialsIdentity credentials) {
        return credentials instanceof AwsSessionCredentialsIdentity session ? session.sessionToken() : null;
    }

    /** Without the session's token. */
    @Override
    public String toString() {
        return "SigningPeriod[" + key + ", from " + signedAt + ", " + lifetime + " s]";
    }
}
