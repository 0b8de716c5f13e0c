package io.graphqlfiles.internal.endpoint;

import io.graphqlfiles.internal.blob.BlobStores;
import io.graphqlfiles.internal.blob.FileKeys;
import io.graphqlfiles.internal.url.FileUrls;
import io.graphqlfiles.internal.variant.VariantMaking;
import io.graphqlfiles.internal.variant.VariantRefusal;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.SignedUrl;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Variants at the file endpoint: made where they are missing, and served from here, or, where the store has a server of
 * its own, from there.
 */
public final class EndpointVariants {

    private final BlobStores stores;
    private final VariantMaking making;
    private final FileUrls urls;
    private final EndpointRedirects redirects;

    public EndpointVariants(BlobStores stores, VariantMaking making, FileUrls urls) {
        this.stores = stores;
        this.making = making;
        this.urls = urls;
        this.redirects = new EndpointRedirects(stores, urls);
    }

    /** Also of files that are no variants. */
    EndpointRedirects redirects() {
        return redirects;
    }

    /** @param served the stores that the endpoint serves from */
    boolean isElsewhere(EndpointTarget target, Set<String> served) {
        return !served.contains(target.store()) && stores.names().contains(target.store());
    }

    /** Makes a variant that is not there. */
    BlobInfo make(EndpointTarget target) throws EndpointRefusal {
        try {
            return making.get(target.store(), target.key());
        } catch (VariantRefusal e) {
            throw new EndpointRefusal(e.status(), e.text(), e.retryAfter());
        }
    }

    /**
     * Headers that lead to a variant, which is made first where it is not there.
     *
     * @param expires of the URL that was asked for, in seconds since the epoch; null if it never does
     */
    Map<String, String> redirect(
            EndpointTarget target, Map<String, String> headers, @Nullable Long expires, Instant now)
            throws EndpointRefusal {
        make(target);
        SignedUrl url =
                urls.url(new FileUrls.Wanted(target.store(), target.key(), FileKeys.visibilityOf(target.key()), null));
        return EndpointRedirects.headers(url, headers, expires, now);
    }
}
