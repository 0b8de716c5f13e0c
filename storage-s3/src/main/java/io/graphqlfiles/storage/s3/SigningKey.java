package io.graphqlfiles.storage.s3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
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

    private final String accessKeyId;
    private final String secret;
    private final String day;
    private final String scope;
    private final String encodedCredential;
    private final byte[] key;

    private SigningKey(AwsCredentialsIdentity credentials, String day, String region) throws GeneralSecurityException {
        this.accessKeyId = credentials.accessKeyId();
        this.secret = credentials.secretAccessKey();
        this.day = day;
        this.scope = day + "/" + region + "/s3/aws4_request";
        this.encodedCredential = UrlEncoding.encode(accessKeyId + "/" + scope);
        byte[] derived = ("AWS4" + secret).getBytes(UTF_8);
        for (String step : new String[] {day, region, "s3", "aws4_request"}) {
            derived = mac(derived).doFinal(step.getBytes(UTF_8));
        }
        this.key = derived;
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
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    /** Whether it is the key of these credentials on that day. */
    boolean isOf(AwsCredentialsIdentity credentials, String otherDay) {
        return day.equals(otherDay) && isOf(credentials);
    }

    /** Whether it is a key of these credentials. */
    boolean isOf(AwsCredentialsIdentity credentials) {
        return accessKeyId.equals(credentials.accessKeyId()) && secret.equals(credentials.secretAccessKey());
    }

    /** {@code X-Amz-Credential}, encoded. */
    String encodedCredential() {
        return encodedCredential;
    }

    /**
     * A signature of that time that lacks only the hash of its request, in hexadecimal digits.
     *
     * @param time as {@code yyyyMMdd'T'HHmmss'Z'}, on the key's day
     */
    Mac begin(String time) {
        try {
            Mac mac = mac(key);
            mac.update(("AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n").getBytes(ISO_8859_1));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
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
