package io.graphqlfiles.pictures;

import io.graphqlfiles.spi.media.VariantRecipe;
import java.net.URI;

/** What URLs to services that make variants have in common. */
final class ServiceUrl {

    private ServiceUrl() {}

    /**
     * Where clients reach the service.
     *
     * @throws IllegalArgumentException if it is not absolute, has a query or fragment, or ends in a slash
     */
    static String requireBase(URI url) {
        boolean isBare = url.getRawQuery() == null && url.getRawFragment() == null;
        if (!url.isAbsolute()
                || url.getRawAuthority() == null
                || !isBare
                || url.toString().endsWith("/")) {
            throw new IllegalArgumentException(
                    "baseUrl: expected an absolute URL without query, and without a slash at its end, found " + url);
        }
        return url.toString();
    }

    /** What both services call it. */
    static String name(VariantRecipe.Format format) {
        return switch (format) {
            case JPEG -> "jpg";
            case PNG -> "png";
            case WEBP -> "webp";
            case AVIF -> "avif";
        };
    }
}
