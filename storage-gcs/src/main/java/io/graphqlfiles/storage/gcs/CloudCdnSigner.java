package io.graphqlfiles.storage.gcs;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.graphqlfiles.spi.SignGetRequest;
import io.graphqlfiles.spi.SignedUrl;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs downloads of private blobs through Cloud CDN, as <a
 * href="https://cloud.google.com/cdn/docs/using-signed-urls">Use signed URLs</a> says. Thread-safe; no I/O.
 */
final class CloudCdnSigner {

    private static final Pattern KEY_NAME = Pattern.compile("[a-zA-Z0-9_-]{1,63}");
    private static final int KEY_LENGTH = 16;
    private static final String ALGORITHM = "HmacSHA1";

    private final String baseUrl;
    private final String keyName;
    private final SecretKeySpec key;

    /**
     * @param baseUrl of the load balancer, and what comes before our key there
     * @param keyName of the key, as it was added to the backend bucket
     * @param key in the base64 of URLs, as it was added
     * @throws IllegalArgumentException if one of them is malformed
     */
    CloudCdnSigner(URI baseUrl, String keyName, String key) {
        this.baseUrl = Endpoints.requireBaseUrl("cloudCdn", baseUrl) + "/";
        if (!KEY_NAME.matcher(keyName).matches()) {
            throw new IllegalArgumentException("cloudCdn: expected the name of a key, found \"" + keyName + "\"");
        }
        this.keyName = keyName;
        this.key = new SecretKeySpec(decoded(key), ALGORITHM);
    }

    private static byte[] decoded(String key) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(key.strip());
        } catch (IllegalArgumentException e) {
            // The decoder's message would show a character of it.
            bytes = new byte[0];
        }
        if (bytes.length != KEY_LENGTH) {
            throw new IllegalArgumentException("cloudCdn: expected a key of " + KEY_LENGTH
                    + " bytes in the base64 of URLs, found another, which is not shown");
        }
        return bytes;
    }

    /** The end is in whole seconds, and not after what was asked for. */
    SignedUrl signGet(SignGetRequest get) {
        String disposition = get.contentDisposition();
        long expires = get.expiresAt().getEpochSecond();
        String url = baseUrl + get.key()
                + (disposition == null ? "?" : "?response-content-disposition=" + UrlSigner.encode(disposition) + "&")
                + "Expires=" + expires + "&KeyName=" + keyName;
        return new SignedUrl(url + "&Signature=" + signature(url), Instant.ofEpochSecond(expires));
    }

    private String signature(String url) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Base64.getUrlEncoder().encodeToString(mac.doFinal(url.getBytes(US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cloudCdn: the key cannot sign", e);
        }
    }
}
