package io.graphqlfiles;

import graphql.schema.DataFetchingEnvironment;
import io.graphqlfiles.spi.DirectAccess;
import io.graphqlfiles.spi.SignGet;
import io.graphqlfiles.spi.Visibility;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * URLs to read files by. The time of signing is rounded down to a window, so that the same file has the same URL for
 * everyone in that window and caches can keep what it gives. Signing does no I/O.
 */
final class FileUrls {

    private final BlobStores stores;
    private final Clock clock;
    private final long validitySeconds;
    private final long windowSeconds;
    private final @Nullable URI baseUrl;

    FileUrls(BlobStores stores, Clock clock, Duration validity, Duration window, @Nullable URI baseUrl) {
        this.stores = stores;
        this.clock = clock;
        // Signatures know whole seconds only: rounded so that no URL ends earlier than promised.
        this.validitySeconds = validity.plusSeconds(1).minusNanos(1).toSeconds();
        this.windowSeconds = Math.max(1, window.toSeconds());
        this.baseUrl = baseUrl;
    }

    /**
     * Signs.
     *
     * @param disposition the {@code Content-Disposition} wanted; null for the stored one
     * @param requestBaseUrl base URL of the server as the client of this request sees it; null if it is not known
     */
    URI url(
            String store,
            String key,
            Visibility visibility,
            @Nullable String disposition,
            @Nullable URI requestBaseUrl) {
        DirectAccess access = stores.access(store);
        Instant signedAt = windowStart();
        return absolute(
                access.signGet(new SignGet(key, visibility, disposition, signedAt, expiry(signedAt)))
                        .url(),
                requestBaseUrl);
    }

    /** When the URLs signed now end; null for public files. */
    @Nullable
    Instant expiresAt(Visibility visibility) {
        return visibility == Visibility.PUBLIC ? null : expiry(windowStart());
    }

    /** Base URL of the server as the client of this request sees it; null if the server adapter has not said. */
    static @Nullable URI requestBaseUrl(DataFetchingEnvironment environment) {
        return environment.getGraphQlContext().get(GraphQLFiles.BASE_URL_KEY);
    }

    /** The configured base URL wins: what is configured does not depend on what a client says of the server's name. */
    URI absolute(URI signed, @Nullable URI requestBaseUrl) {
        URI base = baseUrl != null ? baseUrl : requestBaseUrl;
        return signed.isAbsolute() || base == null ? signed : URI.create(base + signed.toString());
    }

    private Instant windowStart() {
        long now = clock.instant().getEpochSecond();
        return Instant.ofEpochSecond(now - Math.floorMod(now, windowSeconds));
    }

    /** A URL given out at the end of its window still lives as long as was promised. */
    private Instant expiry(Instant windowStart) {
        return windowStart.plusSeconds(windowSeconds + validitySeconds);
    }
}
