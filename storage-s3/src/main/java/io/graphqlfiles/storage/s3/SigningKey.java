package io.graphqlfiles.storage.s3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * A key that signs for a day in a region: the <a
 * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">derived key of
 * Signature Version 4</a>. Immutable and thread-safe.
 */
final class SigningKey {

    private static final String MAC = "HmacSHA256";
    private static final HexFormat HEX = HexFormat.of();

    private final String accessKeyId;
    private final String secret;
    private final String day;
    private final String scope;
    private final String encodedCredential;
    private final Mac keyed;
    private final MessageDigest sha256;

    private SigningKey(AwsCredentialsIdentity credentials, String day, String region) throws GeneralSecurityException {
        this.accessKeyId = credentials.accessKeyId();
        this.secret = credentials.secretAccessKey();
        this.day = day;
        this.scope = day + "/" + region + "/s3/aws4_request";
        this.encodedCredential = UrlEncoding.encode(accessKeyId + "/" + scope);
        byte[] key = ("AWS4" + secret).getBytes(UTF_8);
        for (String step : new String[] {day, region, "s3", "aws4_request"}) {
            key = mac(key).doFinal(step.getBytes(UTF_8));
        }
        this.keyed = mac(key);
        this.sha256 = MessageDigest.getInstance("SHA-256");
    }

    /**
     * Derives the key.
     *
     * @param day as {@code yyyyMMdd}
     */
    static SigningKey derive(AwsCredentialsIdentity credentials, String day, String region) {
        try {
            return new SigningKey(credentials, day, region);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256 and SHA-256", e);
        }
    }

    /** Whether it is the key of these credentials on that day. */
    boolean isOf(AwsCredentialsIdentity credentials, String otherDay) {
        return day.equals(otherDay)
                && accessKeyId.equals(credentials.accessKeyId())
                && secret.equals(credentials.secretAccessKey());
    }

    /** {@code X-Amz-Credential}, encoded. */
    String encodedCredential() {
        return encodedCredential;
    }

    /**
     * Signs.
     *
     * @param time as {@code yyyyMMdd'T'HHmmss'Z'}
     */
    String sign(String time, String canonicalRequest) {
        try {
            // A clone has the key's schedule already; neither can be shared by threads.
            MessageDigest digest = (MessageDigest) sha256.clone();
            Mac mac = (Mac) keyed.clone();
            String hash = HEX.formatHex(digest.digest(canonicalRequest.getBytes(ISO_8859_1)));
            String toSign = "AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n" + hash;
            return HEX.formatHex(mac.doFinal(toSign.getBytes(ISO_8859_1)));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("expected a security provider whose HmacSHA256 and SHA-256 clone", e);
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "SigningKey[" + scope + "]";
    }

    private static Mac mac(byte[] key) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(MAC);
        mac.init(new SecretKeySpec(key, MAC));
        return mac;
    }
}
