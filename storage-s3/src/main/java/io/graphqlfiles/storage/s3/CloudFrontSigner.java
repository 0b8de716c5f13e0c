package io.graphqlfiles.storage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.graphqlfiles.spi.SignGetRequest;
import io.graphqlfiles.spi.SignedUrl;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.interfaces.RSAPrivateKey;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Signs downloads of private blobs through a CloudFront distribution, with a <a
 * href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-creating-signed-url-canned-policy.html">canned
 * policy</a>. An RSA signature of the same text is always the same, so URLs are. Thread-safe; no I/O.
 */
final class CloudFrontSigner {

    private static final Pattern KEY_PAIR_ID = Pattern.compile("[A-Za-z0-9]{1,128}");

    private final String baseUrl;
    private final String keyPairId;
    private final RSAPrivateKey key;

    /**
     * @param baseUrl of the distribution, and what comes before our key there
     * @param keyPairId of the public key in the distribution's key group
     * @throws IllegalArgumentException if one of them is malformed
     */
    CloudFrontSigner(URI baseUrl, String keyPairId, RSAPrivateKey key) {
        this.baseUrl = SignerFactory.withSlash(SignerFactory.requireBaseUrl("cloudFront", baseUrl));
        if (!KEY_PAIR_ID.matcher(keyPairId).matches()) {
            throw new IllegalArgumentException(
                    "cloudFront: expected the id of a public key, letters and digits, found \"" + keyPairId + "\"");
        }
        this.keyPairId = keyPairId;
        this.key = key;
    }

    /** The end is in whole seconds, and not after what was asked for. */
    SignedUrl signGet(SignGetRequest get) {
        String disposition = get.contentDisposition();
        String url = baseUrl
                + get.key()
                + (disposition == null ? "" : "?response-content-disposition=" + UrlEncoding.encode(disposition));
        long expires = get.expiresAt().getEpochSecond();
        // Exactly this text, without blanks: CloudFront makes it again from the URL.
        String policy = "{\"Statement\":[{\"Resource\":\"" + url
                + "\",\"Condition\":{\"DateLessThan\":{\"AWS:EpochTime\":" + expires + "}}}]}";
        String signed = url + (disposition == null ? "?" : "&") + "Expires=" + expires + "&Signature="
                + signature(policy) + "&Key-Pair-Id=" + keyPairId;
        return new SignedUrl(signed, Instant.ofEpochSecond(expires));
    }

    private String signature(String policy) {
        try {
            // The one that CloudFront takes of RSA keys.
            Signature signature = Signature.getInstance("SHA1withRSA");
            signature.initSign(key);
            signature.update(policy.getBytes(UTF_8));
            return Base64.getEncoder()
                    .encodeToString(signature.sign())
                    .replace('+', '-')
                    .replace('=', '_')
                    .replace('/', '~');
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cloudFront: the key cannot sign", e);
        }
    }
}
