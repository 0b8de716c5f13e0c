package io.graphqlfiles.internal.copyurl;

import static java.util.Objects.requireNonNull;

import io.graphqlfiles.internal.copyurl.GuardedDnsResolver.ForbiddenHostException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/**
 * Fetches files over HTTP from public addresses. Whoever names the URL is not trusted: every address of every host on
 * the way, redirects included, is checked before it is connected to, and length and time are bounded. No proxies,
 * cookies, credentials or decompression. Thread-safe; one serves the whole application.
 */
public final class UrlFetcher implements AutoCloseable {

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final CloseableHttpClient client;
    private final ScheduledThreadPoolExecutor timers;
    private final Duration deadline;
    private final int maxRedirects;

    private UrlFetcher(Builder builder) {
        PublicAddresses addresses = new PublicAddresses(builder.allowedNetworks);
        this.client = GuardedClient.create(
                new GuardedDnsResolver(builder.resolver, addresses, builder.ports),
                builder.connectTimeout,
                builder.deadline);
        this.timers = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "graphql-files-copy-url-deadline");
            thread.setDaemon(true);
            return thread;
        });
        this.timers.setRemoveOnCancelPolicy(true);
        this.deadline = builder.deadline;
        this.maxRedirects = builder.maxRedirects;
    }

    /** The defaults, to be changed. */
    public static Builder newUrlFetcher() {
        return new Builder();
    }

    /**
     * Asks for a URL and follows redirects until content begins. Blocks until then.
     *
     * @param url absolute, http or https
     * @param maxBytes the longest content, inclusive
     * @return the content, to be closed by the caller
     * @throws UrlFetchException if the URL is forbidden, unreachable or announces more than {@code maxBytes}; nothing
     *     is left open then
     */
    public FetchedUrl fetch(URI url, long maxBytes) throws UrlFetchException {
        URI target = FetchTarget.check(url);
        FetchAttempt attempt = new FetchAttempt(maxBytes, deadline, timers);
        boolean handedOver = false;
        try {
            for (int redirects = 0; ; redirects++) {
                ClassicHttpResponse response = request(target, attempt);
                if (!REDIRECTS.contains(response.getCode())) {
                    FetchedUrl fetched = accepted(response, target, attempt);
                    handedOver = true;
                    return fetched;
                }
                if (redirects == maxRedirects) {
                    throw UrlFetchException.unreachable("the URL redirects more than " + maxRedirects + " times", null);
                }
                Header location = response.getFirstHeader("Location");
                // The body of a redirect may be endless; nobody reads it.
                attempt.breakOff();
                target = FetchTarget.redirect(target, location == null ? null : location.getValue());
            }
        } finally {
            if (!handedOver) {
                attempt.close();
            }
        }
    }

    private ClassicHttpResponse request(URI target, FetchAttempt attempt) throws UrlFetchException {
        HttpGet request = new HttpGet(target);
        attempt.begin(request);
        try {
            ClassicHttpResponse response = client.executeOpen(null, request, HttpClientContext.create());
            attempt.answered(response);
            return response;
        } catch (ForbiddenHostException e) {
            throw UrlFetchException.forbidden(requireNonNull(e.getMessage()));
        } catch (IOException | IllegalArgumentException e) {
            throw attempt.failed("the server of the URL could not be reached", e);
        }
    }

    private static FetchedUrl accepted(ClassicHttpResponse response, URI target, FetchAttempt attempt)
            throws UrlFetchException {
        HttpEntity entity = response.getEntity();
        if (response.getCode() != 200 || entity == null) {
            throw UrlFetchException.unreachable(
                    "the server of the URL answered with status " + response.getCode() + " instead of 200", null);
        }
        long byteSize = Math.max(entity.getContentLength(), FetchedUrl.UNKNOWN_SIZE);
        if (byteSize > attempt.maxBytes()) {
            throw UrlFetchException.tooLarge(attempt.maxBytes());
        }
        InputStream body;
        try {
            body = entity.getContent();
        } catch (IOException e) {
            throw attempt.failed("the server of the URL could not be reached", e);
        }
        return new FetchedUrl(
                new FetchedStream(body, attempt.maxBytes(), attempt),
                byteSize,
                value(response.getFirstHeader("Content-Type")),
                FileNameClaim.of(target, response.getFirstHeader("Content-Disposition")));
    }

    private static @Nullable String value(@Nullable Header header) {
        return header == null ? null : header.getValue();
    }

    /** Breaks off whatever is under way and frees threads and sockets. */
    @Override
    public void close() {
        timers.shutdownNow();
        client.close(CloseMode.IMMEDIATE);
    }

    /** Builds a {@link UrlFetcher}. Not thread-safe; usable again after {@link #build()}. */
    public static final class Builder {

        private Duration connectTimeout = Duration.ofSeconds(5);
        private Duration deadline = Duration.ofSeconds(60);
        private int maxRedirects = 3;
        private Set<Integer> ports = Set.of(80, 443);
        private List<Network> allowedNetworks = List.of();
        private HostResolver resolver = InetAddress::getAllByName;

        private Builder() {}

        /** How long one address may take to accept a connection. Default 5 seconds. */
        public Builder connectTimeout(Duration connectTimeout) {
            this.connectTimeout = positive("connectTimeout", connectTimeout);
            return this;
        }

        /**
         * How long a fetch may take from its first request to its last byte, redirects included. Default 60 seconds.
         */
        public Builder deadline(Duration deadline) {
            this.deadline = positive("deadline", deadline);
            return this;
        }

        /**
         * How many redirects are followed. Default 3.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder maxRedirects(int maxRedirects) {
            if (maxRedirects < 0) {
                throw new IllegalArgumentException("maxRedirects: expected 0 or more, found " + maxRedirects);
            }
            this.maxRedirects = maxRedirects;
            return this;
        }

        /**
         * Which ports of public addresses are connected to. Default 80 and 443; in {@link #allowedNetworks} all are.
         */
        public Builder ports(Set<Integer> ports) {
            this.ports = Set.copyOf(ports);
            return this;
        }

        /**
         * Networks that may be fetched from although they are not public, on any port: for tests and intranets. Whoever
         * can name a URL can then reach every server in them. Default none.
         *
         * @param networks in CIDR notation, for example {@code 10.1.0.0/16}
         * @throws IllegalArgumentException if one is not
         */
        public Builder allowedNetworks(List<String> networks) {
            this.allowedNetworks = networks.stream().map(Network::parse).toList();
            return this;
        }

        /** Looks up hosts. Default the platform's. */
        public Builder resolver(HostResolver resolver) {
            this.resolver = requireNonNull(resolver, "resolver");
            return this;
        }

        /** The fetcher, to be closed with the application. */
        public UrlFetcher build() {
            return new UrlFetcher(this);
        }

        private static Duration positive(String name, Duration duration) {
            if (duration.isNegative() || duration.isZero()) {
                throw new IllegalArgumentException(name + ": expected more than zero, found " + duration);
            }
            return duration;
        }
    }
}
