package io.graphqlfiles.internal.directupload;

import io.graphqlfiles.FileErrorCode;
import io.graphqlfiles.FileException;
import io.graphqlfiles.internal.token.TokenException;
import io.graphqlfiles.internal.token.TokenSealer;
import io.graphqlfiles.spi.PartUpload;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tokens for direct uploads: everything that was agreed when the upload was started, sealed. */
public final class UploadTokens {

    private static final String PURPOSE = "graphql-files-upload+jwe";

    private final TokenSealer sealer;
    private final Clock clock;
    private final UploadLifetime lifetime;

    public UploadTokens(TokenSealer sealer, Clock clock, UploadLifetime lifetime) {
        this.sealer = sealer;
        this.clock = clock;
        this.lifetime = lifetime;
    }

    /**
     * What was agreed.
     *
     * @param field coordinate of the field the file is meant for
     * @param key where the bytes are staged
     * @param mimeType as it was claimed, without parameters
     * @param charset the encoding that was claimed; null if none was that counts
     * @param subject who asked
     * @param startedAt when, to the second
     * @param parts of an upload in parts; null for one in one piece
     */
    public record Claims(
            String field,
            String store,
            String key,
            long byteSize,
            String mimeType,
            @Nullable String charset,
            String fileName,
            String subject,
            Instant startedAt,
            @Nullable Parts parts) {

        /** The type as it was claimed, with the encoding. */
        String claimedType() {
            return charset == null ? mimeType : mimeType + ";charset=" + charset;
        }

        /** How it is cut into parts; null if it is not. */
        @Nullable
        PartPlan plan() {
            return parts == null ? null : new PartPlan(byteSize, parts.partByteSize);
        }

        /** What the store calls it; null if it has no parts. */
        @Nullable
        PartUpload partUpload() {
            return parts == null ? null : new PartUpload(key, parts.uploadId);
        }

        @Override
        public String toString() {
            return "Claims[" + field + "]";
        }
    }

    /** What was agreed of the parts of an upload. */
    record Parts(String uploadId, long partByteSize) {

        @Override
        public String toString() {
            return "Parts[" + partByteSize + " bytes each]";
        }
    }

    String seal(Claims claims, Instant expiresAt) {
        return sealer.seal(PURPOSE, json(claims), expiresAt);
    }

    static Map<String, Object> json(Claims claims) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("field", claims.field());
        json.put("store", claims.store());
        json.put("key", claims.key());
        json.put("size", claims.byteSize());
        json.put("type", claims.mimeType());
        String charset = claims.charset();
        if (charset != null) {
            json.put("charset", charset);
        }
        json.put("name", claims.fileName());
        json.put("sub", claims.subject());
        json.put("iat", claims.startedAt().getEpochSecond());
        Parts parts = claims.parts();
        if (parts != null) {
            json.put("upload", parts.uploadId());
            json.put("part", parts.partByteSize());
        }
        return json;
    }

    /** @throws FileException if it is no upload token, has expired, or was given to somebody else */
    Claims open(String token, String subject) {
        return open(token, subject, clock.instant());
    }

    /**
     * Opens what may have expired, for what does not use the upload: a client that was away for longer than a token
     * lives continues, or aborts, with the one that it has. Nobody gains more by it than by renewing in time.
     *
     * @throws FileException if it is no upload token, was given to somebody else, or its upload began so long ago that
     *     what has been received may be swept
     */
    Claims openWhileItLives(String token, String subject) {
        Instant now = clock.instant();
        // No token outlives its upload, so that this expiry is never the one that decides.
        Claims claims = open(token, subject, now.minus(lifetime.longest()));
        if (lifetime.isOver(claims.startedAt(), now)) {
            throw over();
        }
        return claims;
    }

    private Claims open(String token, String subject, Instant now) {
        Map<String, @Nullable Object> json;
        try {
            json = sealer.open(PURPOSE, token, now);
        } catch (TokenException e) {
            throw e.isExpired() ? expired(token) : invalid("The upload token is not a valid one.");
        }
        Claims claims = claims(json);
        // Nobody's token is for whoever has it: also for its guest, who has signed in meanwhile.
        if (!claims.subject().isEmpty() && !claims.subject().equals(subject)) {
            throw notTheirs(subject);
        }
        return claims;
    }

    /** @throws FileException if another release has sealed it */
    static Claims claims(Map<String, @Nullable Object> json) {
        return new Claims(
                text(json, "field"),
                text(json, "store"),
                text(json, "key"),
                number(json, "size"),
                text(json, "type"),
                json.containsKey("charset") ? text(json, "charset") : null,
                text(json, "name"),
                text(json, "sub"),
                Instant.ofEpochSecond(number(json, "iat")),
                json.containsKey("upload") ? new Parts(text(json, "upload"), number(json, "part")) : null);
    }

    /**
     * Not the words for a forged token: a client takes those for the end of the upload, and would throw away what a
     * user whose session has ended has already sent. Whose token it is stays between us.
     */
    private static FileException notTheirs(String subject) {
        return subject.isEmpty()
                ? new FileException(
                        FileErrorCode.FILE_UNAUTHENTICATED,
                        "The upload token was given to a user; sign in to go on with the upload.")
                : new FileException(FileErrorCode.FILE_FORBIDDEN, "The upload token was given to another user.");
    }

    /** A token of ours that lacks a claim was made by another release. */
    static String text(Map<String, @Nullable Object> json, String name) {
        if (json.get(name) instanceof String text) {
            return text;
        }
        throw invalid("The upload token is not a valid one.");
    }

    private static long number(Map<String, @Nullable Object> json, String name) {
        if (json.get(name) instanceof Long number) {
            return number;
        }
        throw invalid("The upload token is not a valid one.");
    }

    /** Nobody starts again what can go on. */
    private FileException expired(String token) {
        Instant now = clock.instant();
        try {
            Map<String, @Nullable Object> json = sealer.open(PURPOSE, token, now.minus(lifetime.longest()));
            if (!lifetime.isOver(Instant.ofEpochSecond(number(json, "iat")), now)) {
                return new FileException(
                        FileErrorCode.FILE_TOKEN_EXPIRED,
                        "The upload token has expired; ask fileUpload with it for a new one.");
            }
        } catch (TokenException e) {
            // Longer ago than any upload lasts.
        }
        return over();
    }

    private static FileException over() {
        return new FileException(
                FileErrorCode.FILE_TOKEN_EXPIRED,
                "The upload token has expired, and its upload can go on no more; start the upload again.");
    }

    public static FileException invalid(String message) {
        return new FileException(FileErrorCode.FILE_TOKEN_INVALID, message);
    }
}
