package io.graphqlfiles.storage.gcs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The HMAC key of a service account. The key that signs is derived from its secret for each day and kept until another
 * day is asked for.
 *
 * @see <a href="https://cloud.google.com/storage/docs/authentication/signatures">Signatures</a>
 */
final class HmacSigningKey implements SigningKey {

    private static final String HMAC = "HmacSHA256";

    private final String accessId;
    private final byte[] secret;
    private volatile @Nullable Derived derived;

    HmacSigningKey(String accessId, String secret) {
        this.accessId = requireNonNull(accessId, "accessId");
        this.secret = ("GOOG4" + requireNonNull(secret, "secret")).getBytes(UTF_8);
    }

    @Override
    public String algorithm() {
        return "GOOG4-HMAC-SHA256";
    }

    @Override
    public String account() {
        return accessId;
    }

    @Override
    public Begun begin(String day, byte[] start) {
        Derived known = derived;
        if (known == null || !known.day.equals(day)) {
            known = new Derived(day, mac(derive(secret, day, REGION, SERVICE, REQUEST)));
            derived = known;
        }
        // Clones have what was hashed so far, and each is used by one call alone.
        Mac begun = copy(known.mac);
        begun.update(start);
        return end -> copy(begun).doFinal(end);
    }

    private static Mac copy(Mac mac) {
        try {
            return (Mac) mac.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(HMAC + " of this Java cannot be cloned", e);
        }
    }

    @Override
    public boolean isSlow() {
        return false;
    }

    /** Each step is the key of the next. */
    static byte[] derive(byte[] secret, String... steps) {
        byte[] key = secret;
        for (String step : steps) {
            key = mac(key).doFinal(step.getBytes(UTF_8));
        }
        return key;
    }

    private static Mac mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(HMAC + " is missing from this Java", e);
        }
    }

    private record Derived(String day, Mac mac) {}
}
