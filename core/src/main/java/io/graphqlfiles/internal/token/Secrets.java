package io.graphqlfiles.internal.token;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The operator's secrets in order, seen only as keys derived from them. */
final class Secrets {

    private static final int MINIMUM_LENGTH = 32;
    private static final String ADVICE =
            "; set a random one that all servers share, for example the output of: openssl rand -base64 32";

    private final List<String> secrets;

    /** @throws IllegalArgumentException if there is no secret or one is too short; never names a secret */
    Secrets(List<String> secrets) {
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("secret: expected one or more, found none" + ADVICE);
        }
        for (int i = 0; i < secrets.size(); i++) {
            int length = secrets.get(i).strip().length();
            if (length < MINIMUM_LENGTH) {
                throw new IllegalArgumentException("secret " + (i + 1) + " of " + secrets.size()
                        + ": expected at least " + MINIMUM_LENGTH + " characters, found " + length + ADVICE);
            }
        }
        this.secrets = secrets.stream().distinct().toList();
    }

    /**
     * One 256-bit key for each secret, in order. HMAC is a pseudo-random function, so keys with different labels reveal
     * nothing of each other or of the secret (RFC 5869, section 3.3, leaves out the extraction for keys that are random
     * already).
     */
    List<byte[]> keys(String label) {
        return secrets.stream().map(secret -> key(secret, label)).toList();
    }

    int count() {
        return secrets.size();
    }

    private static byte[] key(String secret, String label) {
        return hmac(secret.getBytes(StandardCharsets.UTF_8)).doFinal(label.getBytes(StandardCharsets.UTF_8));
    }

    static Mac hmac(byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    @Override
    public String toString() {
        return "Secrets[" + secrets.size() + "]";
    }
}
