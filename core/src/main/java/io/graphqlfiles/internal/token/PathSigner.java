package io.graphqlfiles.internal.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;

/**
 * Signs text, such as the parts of a URL, with HMAC-SHA256. The same text has the same signature on every server with
 * the same first secret. Thread-safe.
 */
public final class PathSigner {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    /**
     * One for each secret, keyed and given no text: each use works on a clone, which is cheaper than a look-up and
     * holds nothing per thread.
     */
    private final List<Mac> macs;

    /**
     * Signs with the first secret and accepts the signatures of all.
     *
     * @throws IllegalArgumentException if there is no secret or one is shorter than 32 characters
     */
    public PathSigner(List<String> secrets) {
        this.macs = new Secrets(secrets)
                .keys("graphql-files URL HmacSHA256").stream()
                        .map(PathSigner::begun)
                        .toList();
    }

    /**
     * The signature of a text: 43 characters of base64url.
     *
     * @param text no two meanings may have the same text: the caller separates its parts
     */
    public String sign(String text) {
        return signature(macs.get(0), text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Returns whether {@link #sign} made the signature, under any of the secrets, in a time that does not depend on how
     * much of it is right.
     */
    public boolean verify(String text, String signature) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] given = signature.getBytes(StandardCharsets.UTF_8);
        boolean matches = false;
        for (Mac mac : macs) {
            // The text form is compared, not the decoded bytes: base64 has several spellings of the same bytes.
            matches |= MessageDigest.isEqual(signature(mac, bytes).getBytes(StandardCharsets.ISO_8859_1), given);
        }
        return matches;
    }

    /** An update, though of nothing, hashes the key's pad: once for all clones. */
    private static Mac begun(byte[] key) {
        Mac mac = Secrets.hmac(key);
        mac.update(new byte[0]);
        return mac;
    }

    private static String signature(Mac keyed, byte[] text) {
        Mac mac;
        try {
            mac = (Mac) keyed.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the platform's HmacSHA256 can be cloned", e);
        }
        return BASE64.encodeToString(mac.doFinal(text));
    }

    /** Names no secret. */
    @Override
    public String toString() {
        return "PathSigner[" + macs.size() + " secrets]";
    }
}
