package io.graphqlfiles.storage.azure;

import com.azure.storage.blob.models.UserDelegationKey;
import com.azure.storage.common.StorageSharedKeyCredential;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A key that signs URLs, with what it adds to them.
 *
 * @param signedFields lines of the text to sign between the blob and the address of the client
 * @param query the same in the query, from {@code &} on; empty for none
 * @param hmac the signature of a text, in base64; no I/O, thread-safe
 * @param expiresAt when the key expires; null if it does not
 */
record SigningKey(
        String signedFields,
        String query,
        UnaryOperator<String> hmac,
        @Nullable Instant expiresAt) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    /** A key of the account. It names no stored policy. */
    static SigningKey of(StorageSharedKeyCredential key) {
        return new SigningKey("", "", key::computeHmac256, null);
    }

    /**
     * A key that the service has given to an identity. The last three fields, empty, are those of hierarchical
     * accounts.
     *
     * @see <a href="https://learn.microsoft.com/rest/api/storageservices/create-user-delegation-sas">Create a user
     *     delegation SAS</a>
     */
    static SigningKey of(String account, UserDelegationKey key) {
        String start = time(key.getSignedStart());
        String expiry = time(key.getSignedExpiry());
        String fields = String.join(
                "\n",
                key.getSignedObjectId(),
                key.getSignedTenantId(),
                start,
                expiry,
                key.getSignedService(),
                key.getSignedVersion(),
                "",
                "",
                "");
        String query = "&skoid=" + key.getSignedObjectId() + "&sktid=" + key.getSignedTenantId() + "&skt="
                + encodedTime(start) + "&ske=" + encodedTime(expiry) + "&sks=" + key.getSignedService() + "&skv="
                + key.getSignedVersion();
        StorageSharedKeyCredential hmac = new StorageSharedKeyCredential(account, key.getValue());
        return new SigningKey(
                fields, query, hmac::computeHmac256, key.getSignedExpiry().toInstant());
    }

    /** To the second, as everything in a signature. */
    static String time(Instant instant) {
        return TIME.format(instant);
    }

    private static String time(OffsetDateTime time) {
        return time(time.toInstant());
    }

    static String encodedTime(String time) {
        return time.replace(":", "%3A");
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "SigningKey[until " + expiresAt + "]";
    }
}
