package io.graphqlfiles.storage.gcs;

import com.google.auth.ServiceAccountSigner;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import java.util.Arrays;

/** The private key of a service account. */
final class RsaSigningKey implements SigningKey {

    private final ServiceAccountSigner signer;

    private RsaSigningKey(ServiceAccountSigner signer) {
        this.signer = signer;
    }

    /**
     * Takes a signer that has its key with it.
     *
     * @throws IllegalArgumentException if it is one of Google's credentials that ask a service to sign
     */
    static RsaSigningKey of(ServiceAccountSigner signer) {
        if (!isLocal(signer)) {
            throw new IllegalArgumentException("signer: expected one with a private key, found "
                    + signer.getClass().getSimpleName()
                    + ", which asks a service to sign; give hmacKey(...) instead");
        }
        return new RsaSigningKey(signer);
    }

    static boolean isLocal(ServiceAccountSigner signer) {
        return !(signer instanceof GoogleCredentials) || signer instanceof ServiceAccountCredentials;
    }

    @Override
    public String algorithm() {
        return "GOOG4-RSA-SHA256";
    }

    @Override
    public String account() {
        return signer.getAccount();
    }

    @Override
    public Begun begin(String day, byte[] start) {
        return end -> {
            byte[] text = Arrays.copyOf(start, start.length + end.length);
            System.arraycopy(end, 0, text, start.length, end.length);
            return signer.sign(text);
        };
    }

    @Override
    public boolean isSlow() {
        return true;
    }
}
