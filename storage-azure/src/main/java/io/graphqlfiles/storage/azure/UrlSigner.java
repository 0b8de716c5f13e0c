package io.graphqlfiles.storage.azure;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes service shared access signatures of single blobs. Asks no clock and does no I/O. Thread-safe.
 *
 * <p>A signature has no start: the clocks of service and application may differ, and a URL is needed at once.
 *
 * @see <a href="https://learn.microsoft.com/rest/api/storageservices/create-service-sas">Create a service SAS</a>
 */
final class UrlSigner {

    /** One that all accounts and Azurite know; later ones add nothing that is needed here. */
    static final String VERSION = "2023-11-03";

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final Supplier<SigningKey> keys;
    private final String account;
    private final boolean httpsOnly;
    private volatile Expiry lastExpiry = new Expiry(Instant.EPOCH, "");

    /**
     * @param account name of the storage account
     * @param httpsOnly whether what is signed must come over HTTPS
     */
    UrlSigner(Supplier<SigningKey> keys, String account, boolean httpsOnly) {
        this.keys = keys;
        this.account = account;
        this.httpsOnly = httpsOnly;
    }

    /**
     * Signs.
     *
     * @param permission one letter: {@code r} to read, {@code c} to create, {@code w} to write blocks
     * @param path of the blob: container, slash, name
     * @param contentDisposition of the answer; null for the stored one
     */
    Signature sign(String permission, String path, @Nullable String contentDisposition, Instant expiresAt) {
        SigningKey key = keys.get();
        Instant end = key.expiresAt() != null && key.expiresAt().isBefore(expiresAt) ? key.expiresAt() : expiresAt;
        Expiry expiry = expiry(end);
        String protocol = httpsOnly ? "https" : "";
        String disposition = contentDisposition == null ? "" : contentDisposition;
        // No start, no address, no snapshot, no scope of encryption; of the answer's headers only one.
        String text = permission + "\n\n" + expiry.text + "\n/blob/" + account + "/" + path + "\n" + key.signedFields()
                + "\n\n" + protocol + "\n" + VERSION + "\nb\n\n\n\n" + disposition + "\n\n\n";
        String query = "sv=" + VERSION + (httpsOnly ? "&spr=https" : "") + "&se=" + SigningKey.encodedTime(expiry.text)
                + key.query() + "&sr=b&sp=" + permission + "&sig="
                + encode(key.hmac().apply(text))
                + (contentDisposition == null ? "" : "&rscd=" + encode(disposition));
        return new Signature(query, expiry.instant);
    }

    /**
     * What permits a request.
     *
     * @param query to be added to the URL of the blob
     * @param expiresAt in whole seconds
     */
    record Signature(String query, Instant expiresAt) {}

    /** A list of files is signed until one time. */
    private record Expiry(Instant instant, String text) {}

    private Expiry expiry(Instant end) {
        Expiry expiry = lastExpiry;
        if (expiry.instant.getEpochSecond() != end.getEpochSecond()) {
            expiry = new Expiry(Instant.ofEpochSecond(end.getEpochSecond()), SigningKey.time(end));
            lastExpiry = expiry;
        }
        return expiry;
    }

    /** Percent-encodes as the vendor's clients do: everything but letters, digits and these. */
    static String encode(String text) {
        StringBuilder encoded = new StringBuilder(text.length() * 2);
        for (byte b : text.getBytes(UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || "-._*".indexOf(c) >= 0)) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.toHexDigits(b));
            }
        }
        return encoded.toString();
    }
}
