package io.graphqlfiles.spi.media;

import io.graphqlfiles.spi.BlobReference;
import io.graphqlfiles.spi.SignGetRequest;
import io.graphqlfiles.spi.SignedUrl;

/**
 * Signs URLs to a service that makes variants, such as an image proxy. With one, the library makes and stores none of
 * those that it signs. Thread-safe; called for each row of a list, so it does no I/O.
 */
public interface VariantUrlSigner {

    /**
     * Whether the service makes such variants. Always the same answer.
     *
     * @param store name of the store that has the original
     * @param mimeType of the original
     */
    boolean signs(String store, String mimeType, VariantRecipe recipe, VariantRecipe.Format format);

    /**
     * Signs a URL.
     *
     * @param original in a store, and of a type, that it {@linkplain #signs signs} for
     * @param times of the original: from when to when the URL is valid, if it is private. The same for a while, and
     *     then the same URL must come out, so that caches can keep what it gives.
     * @return must not give away a URL of the original
     */
    SignedUrl sign(BlobReference original, SignGetRequest times, VariantRecipe recipe, VariantRecipe.Format format);
}
