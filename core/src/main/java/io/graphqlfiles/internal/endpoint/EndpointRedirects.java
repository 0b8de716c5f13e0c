package io.graphqlfiles.internal.endpoint;

import io.graphqlfiles.internal.blob.BlobStores;
import io.graphqlfiles.internal.blob.FileKeys;
import io.graphqlfiles.internal.blob.FrontedStore;
import io.graphqlfiles.internal.url.FileUrls;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.DirectAccess;
import io.graphqlfiles.spi.SignedUrl;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Leads on to the store's own server, if it has one: while files move between two stores, to the one that has the file
 * now; and afterwards, as URLs of the endpoint that were given out meanwhile live on, the public ones for good.
 */
final class EndpointRedirects {

    /** A public file may move, or be deleted; so long nobody asks again. */
    private static final long PUBLIC_SECONDS = 3600;

    private final BlobStores stores;
    private final FileUrls urls;

    EndpointRedirects(BlobStores stores, FileUrls urls) {
        this.stores = stores;
        this.urls = urls;
    }

    /**
     * Where a file is read that the request is permitted to read.
     *
     * @return null if that is here, or there is no such file
     * @throws io.graphqlfiles.spi.BlobStoreException if it had to be looked for, and the store fails
     */
    @Nullable
    SignedUrl elsewhere(EndpointTarget target) {
        if (!stores.names().contains(target.store())) {
            return null;
        }
        DirectAccess access = access(target);
        return access == null
                ? null
                : urls.url(new FileUrls.Wanted(
                        target.store(),
                        target.key(),
                        FileKeys.visibilityOf(target.key()),
                        target.query().text(EndpointQuery.DISPOSITION),
                        access));
    }

    /** The store of that name, wherever it is read; null if there is none. */
    @Nullable
    BlobStore store(String name) {
        return stores.names().contains(name) ? stores.store(name) : null;
    }

    private @Nullable DirectAccess access(EndpointTarget target) {
        BlobStore store = stores.store(target.store());
        if (store instanceof FrontedStore fronted && fronted.isServed()) {
            return fronted.holder(target.key()) instanceof DirectAccess own ? own : null;
        }
        return stores.isServed(target.store()) ? null : stores.access(target.store());
    }

    /**
     * Headers that lead there.
     *
     * @param expires of the URL that was asked for, in seconds since the epoch; null if it never does
     */
    static Map<String, String> headers(
            SignedUrl url, Map<String, String> headers, @Nullable Long expires, Instant now) {
        long seconds = PUBLIC_SECONDS;
        if (expires != null) {
            seconds = EndpointHeaders.secondsLeft(expires, now);
        }
        if (url.expiresAt() != null) {
            seconds = Math.min(
                    seconds, EndpointHeaders.secondsLeft(url.expiresAt().getEpochSecond(), now));
        }
        headers.put("Location", url.text());
        headers.put("Content-Length", "0");
        headers.put("Cache-Control", (expires == null ? "public" : "private") + ", max-age=" + seconds);
        return headers;
    }
}
