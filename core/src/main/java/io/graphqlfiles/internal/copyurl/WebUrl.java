package io.graphqlfiles.internal.copyurl;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An http or https URL as browsers take it (the WHATWG URL standard), in ASCII and as RFC 3986 wants it: blanks and
 * line ends around it dropped, backslashes read as slashes, dot segments resolved, what is not permitted
 * percent-encoded, hosts beyond ASCII in Punycode. Stricter than browsers in what attackers like: no user name, no host
 * in escapes, no short, octal or hexadecimal addresses, no missing slashes. Immutable.
 */
public final class WebUrl {

    /** The longest URL, in characters once it is encoded. */
    public static final int MAX_LENGTH = 8192;

    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(.*)", Pattern.DOTALL);
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[^\\[\\]]*]|[^:\\[\\]]*)(?::(\\d{0,9}))?");
    private static final Pattern IPV6 = Pattern.compile("\\[[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*]");
    private static final Pattern DOT = Pattern.compile("\\.|%2[eE]");
    private static final Pattern TWO_DOTS = Pattern.compile("(?:\\.|%2[eE]){2}");

    private static final String IN_PATH = "!$&'()*+,;=:@/";
    private static final String IN_QUERY = IN_PATH + "?";
    private static final int MAX_PORT = 65_535;

    private final String scheme;
    private final String authority;
    private final String path;
    private final @Nullable String query;
    private final URI uri;

    private WebUrl(String scheme, String authority, String path, @Nullable String query) {
        this.scheme = scheme;
        this.authority = authority;
        this.path = path;
        this.query = query;
        String text = scheme + "://" + authority + path + (query == null ? "" : "?" + query);
        if (text.length() > MAX_LENGTH) {
            throw tooLong();
        }
        this.uri = URI.create(text);
    }

    private static IllegalArgumentException tooLong() {
        return new IllegalArgumentException("expected a URL of at most " + MAX_LENGTH + " characters");
    }

    /**
     * Reads an absolute URL.
     *
     * @throws IllegalArgumentException if it is none; the message says what was expected
     */
    public static WebUrl parse(String text) {
        return new Reader(text).read(null);
    }

    /**
     * Reads a URL, or a reference that is in what came from this one (RFC 3986, section 5.2).
     *
     * @throws IllegalArgumentException if it is neither; the message says what was expected
     */
    public WebUrl resolve(String reference) {
        return new Reader(reference).read(this);
    }

    /** Whether it is an https URL. */
    public boolean isHttps() {
        return scheme.equals("https");
    }

    /** The path, which begins with a slash; percent-encoded. */
    public String path() {
        return path;
    }

    /** The same URL. Its {@link URI#getHost()} is null where the host has an underscore, which RFC 3986 knows not. */
    public URI toUri() {
        return uri;
    }

    /** The URL in ASCII, without a fragment. */
    @Override
    public String toString() {
        return uri.toString();
    }

    /** Takes text apart from its end: the fragment, the query, then what is left. */
    private static final class Reader {

        private final String hierarchy;
        private final @Nullable String query;

        Reader(String text) {
            if (text.length() > MAX_LENGTH) {
                throw tooLong();
            }
            String url = withoutLineEnds(text);
            int fragment = url.indexOf('#');
            String withoutFragment = fragment < 0 ? url : url.substring(0, fragment);
            int question = withoutFragment.indexOf('?');
            this.hierarchy =
                    (question < 0 ? withoutFragment : withoutFragment.substring(0, question)).replace('\\', '/');
            this.query =
                    question < 0 ? null : PercentEncoding.encode(withoutFragment.substring(question + 1), IN_QUERY);
        }

        private static String withoutLineEnds(String text) {
            int start = 0;
            int end = text.length();
            while (start < end && text.charAt(start) <= ' ') {
                start++;
            }
            while (start < end && text.charAt(end - 1) <= ' ') {
                end--;
            }
            return text.substring(start, end).replaceAll("[\t\r\n]", "");
        }

        WebUrl read(@Nullable WebUrl base) {
            Matcher absolute = SCHEME.matcher(hierarchy);
            if (absolute.matches()) {
                return withAuthority(scheme(absolute.group(1)), absolute.group(2));
            }
            if (base == null) {
                throw notHttp();
            }
            if (hierarchy.startsWith("//")) {
                return withAuthority(base.scheme, hierarchy);
            }
            if (hierarchy.isEmpty()) {
                return new WebUrl(base.scheme, base.authority, base.path, query == null ? base.query : query);
            }
            String directory = base.path.substring(0, base.path.lastIndexOf('/') + 1);
            return new WebUrl(
                    base.scheme,
                    base.authority,
                    path(hierarchy.startsWith("/") ? hierarchy : directory + hierarchy),
                    query);
        }

        private static String scheme(String text) {
            String scheme = text.toLowerCase(Locale.ROOT);
            if (!scheme.equals("http") && !scheme.equals("https")) {
                throw notHttp();
            }
            return scheme;
        }

        private WebUrl withAuthority(String scheme, String rest) {
            int path = rest.indexOf('/', 2);
            if (!rest.startsWith("//") || path == 2 || rest.length() == 2) {
                throw new IllegalArgumentException("expected a URL with a host");
            }
            return new WebUrl(
                    scheme,
                    authority(scheme, rest.substring(2, path < 0 ? rest.length() : path)),
                    path(path < 0 ? "/" : rest.substring(path)),
                    query);
        }

        private static String authority(String scheme, String text) {
            if (text.indexOf('@') >= 0) {
                throw new IllegalArgumentException("expected a URL without user name and password");
            }
            Matcher authority = AUTHORITY.matcher(text);
            if (!authority.matches()) {
                throw new IllegalArgumentException("expected a URL with a host and perhaps a port");
            }
            return host(requireNonNull(authority.group(1))) + port(scheme, authority.group(2));
        }

        private static String host(String text) {
            if (!text.startsWith("[")) {
                return DomainName.toAscii(text);
            }
            try {
                if (!IPV6.matcher(text).matches()) {
                    throw new UnknownHostException();
                }
                // In brackets, so that nothing is looked up.
                InetAddress.getByName(text);
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException("expected a URL with a host name or an IP address", e);
            }
            return text.toLowerCase(Locale.ROOT);
        }

        private static String port(String scheme, @Nullable String text) {
            if (text == null || text.isEmpty()) {
                return "";
            }
            int port = Integer.parseInt(text);
            if (port == 0 || port > MAX_PORT) {
                throw new IllegalArgumentException("expected a URL with a port from 1 to " + MAX_PORT);
            }
            return port == (scheme.equals("http") ? 80 : 443) ? "" : ":" + port;
        }

        /** RFC 3986, section 5.2.4: none leads above the root. */
        private static String path(String text) {
            Deque<String> segments = new ArrayDeque<>();
            String[] raw = text.substring(1).split("/", -1);
            for (int i = 0; i < raw.length; i++) {
                boolean isUp = TWO_DOTS.matcher(raw[i]).matches();
                if (isUp) {
                    segments.pollLast();
                } else if (!DOT.matcher(raw[i]).matches()) {
                    segments.addLast(PercentEncoding.encode(raw[i], IN_PATH));
                    continue;
                }
                if (i == raw.length - 1) {
                    segments.addLast("");
                }
            }
            return "/" + String.join("/", segments);
        }

        private static IllegalArgumentException notHttp() {
            return new IllegalArgumentException("expected a URL that starts with http:// or https://");
        }
    }
}
