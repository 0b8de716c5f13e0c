package io.graphqlfiles.internal.directupload;

import io.graphqlfiles.internal.token.TokenException;
import io.graphqlfiles.internal.token.TokenSealer;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The URLs for clients that speak tus: of single uploads, and of the places where they create uploads themselves. Each
 * is a permission of its own, sealed like an upload token but good for nothing else: what a proxy writes into its log
 * is no token for a mutation.
 */
public final class TusUrls {

    /** Below the endpoint's base path. No store has such a name. */
    public static final String PATH = "/_tus/";

    private static final String UPLOAD = "graphql-files-tus+jwe";
    private static final String CREATION = "graphql-files-tus-creation+jwe";

    private final String prefix;
    private final TokenSealer sealer;
    private final Clock clock;
    private final UploadLifetime lifetime;
    private final long maxPartByteSize;

    /** @param maxPartByteSize the largest part that can wait in a temporary file until it is whole */
    public TusUrls(String basePath, TokenSealer sealer, Clock clock, UploadLifetime lifetime, long maxPartByteSize) {
        this.prefix = basePath + PATH;
        this.sealer = sealer;
        this.clock = clock;
        this.lifetime = lifetime;
        this.maxPartByteSize = maxPartByteSize;
    }

    /**
     * Permission to create uploads.
     *
     * @param field coordinate of the file field that they are for
     * @param caller who asked for it, and will own the tokens
     */
    public record Creation(String field, DirectUploads.Caller caller) {}

    /** A URL, relative to the server. */
    public record Url(String path, Instant expiresAt) {}

    /** Where uploads for a field can be created, as long as a token is valid. */
    public Url creation(Creation creation) {
        Instant expiresAt = clock.instant().truncatedTo(ChronoUnit.SECONDS).plus(lifetime.validity());
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("field", creation.field());
        json.put("sub", creation.caller().subject());
        if (creation.caller().tenant() != null) {
            json.put("tenant", creation.caller().tenant());
        }
        return new Url(prefix + sealer.seal(CREATION, json, expiresAt), expiresAt);
    }

    /** The last segment of the URL of an upload. */
    public String segment(UploadTokens.Claims claims) {
        return sealer.seal(UPLOAD, UploadTokens.json(claims), expiry(claims));
    }

    /** When an upload and its URL end: a client cannot have it renewed. */
    public Instant expiry(UploadTokens.Claims claims) {
        return claims.startedAt().plus(lifetime.longest());
    }

    /** The URL of an upload; null if it does not go up in parts, or in such large ones that none can wait here. */
    @Nullable
    String of(UploadTokens.Claims claims) {
        PartPlan plan = claims.plan();
        boolean fits = plan == null ? claims.byteSize() == 0 : plan.partByteSize() <= maxPartByteSize;
        return fits ? prefix + segment(claims) : null;
    }

    /**
     * What the creation of uploads was permitted for.
     *
     * @throws TokenException if it is no permission of ours, or has expired
     */
    public Creation openCreation(String segment) throws TokenException {
        Map<String, @Nullable Object> json = sealer.open(CREATION, segment, clock.instant());
        String tenant = json.containsKey("tenant") ? UploadTokens.text(json, "tenant") : null;
        return new Creation(
                UploadTokens.text(json, "field"), new DirectUploads.Caller(UploadTokens.text(json, "sub"), tenant));
    }

    /**
     * What was agreed when the upload began.
     *
     * @throws TokenException if it is no URL of ours, or has expired
     */
    public UploadTokens.Claims openUpload(String segment) throws TokenException {
        return UploadTokens.claims(sealer.open(UPLOAD, segment, clock.instant()));
    }
}
