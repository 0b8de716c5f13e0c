package io.graphqlfiles.internal.copyurl;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a URL must look like before anything is resolved, for the client's own and for every redirect. */
final class FetchTarget {

    private static final int MAX_LENGTH = 8192;

    private FetchTarget() {}

    /** The URL in ASCII and without its fragment, to be asked for as it is. */
    static URI check(URI url) throws UrlFetchException {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw UrlFetchException.forbidden("expected a URL that starts with https:// or http://");
        }
        // java.net.URI finds a host only in what is a plain name or address: none of the numeric short forms, escapes
        // or backslashes
        // over which parsers disagree.
        if (url.isOpaque() || url.getHost() == null || url.getHost().isEmpty()) {
            throw UrlFetchException.forbidden("expected a URL with a host name in ASCII or an IP address");
        }
        if (url.getRawUserInfo() != null) {
            throw UrlFetchException.forbidden("expected a URL without user name and password");
        }
        if (url.getPort() == 0 || url.getPort() > 65_535) {
            throw UrlFetchException.forbidden("expected a URL with a port from 1 to 65535");
        }
        String ascii = url.toASCIIString();
        int fragment = ascii.indexOf('#');
        String withoutFragment = fragment < 0 ? ascii : ascii.substring(0, fragment);
        if (withoutFragment.length() > MAX_LENGTH) {
            throw UrlFetchException.forbidden("expected a URL of at most " + MAX_LENGTH + " characters");
        }
        return URI.create(withoutFragment);
    }

    /** Where a redirect leads. */
    static URI redirect(URI from, @Nullable String location) throws UrlFetchException {
        URI target;
        try {
            if (location == null) {
                throw UrlFetchException.unreachable("the server of the URL redirects to nowhere", null);
            }
            target = from.resolve(new URI(location.strip()));
        } catch (URISyntaxException e) {
            throw UrlFetchException.unreachable("the server of the URL redirects to what is not a URL", null);
        }
        URI checked = check(target);
        if ("https".equalsIgnoreCase(from.getScheme()) && !"https".equalsIgnoreCase(checked.getScheme())) {
            throw UrlFetchException.forbidden("the URL redirects from https to http");
        }
        return checked;
    }
}
