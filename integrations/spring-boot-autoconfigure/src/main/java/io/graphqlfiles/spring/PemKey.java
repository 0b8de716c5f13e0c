package io.graphqlfiles.spring;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A private key as text (RFC 7468, section 10). */
final class PemKey {

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    private PemKey() {}

    /** @throws IllegalArgumentException if it is none; the message never shows it */
    static RSAPrivateKey rsa(String property, String pem) {
        Matcher text = PEM.matcher(pem.strip());
        if (text.matches()) {
            try {
                byte[] key = Base64.getMimeDecoder().decode(text.group(1));
                return (RSAPrivateKey) KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(key));
            } catch (GeneralSecurityException e) {
                // Said below, without what the provider says of the text.
            }
        }
        throw new IllegalArgumentException("graphql.files." + property
                + ": expected an RSA key as PEM, BEGIN PRIVATE KEY (openssl pkcs8 -topk8 -nocrypt makes it of other"
                + " forms), found something else");
    }
}
