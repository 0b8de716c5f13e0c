package io.graphqlfiles.internal.copyurl;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/**
 * Fetches files over HTTP from public addresses. Whoever names the URL is not trusted: every address of every host on
 * the way, redirects included, is checked before it is connected to, and length and time are bounded. No proxies,
 * cookies or credentials. Thread-safe; one serves the whole application.
 */
public final class UrlFetcher implements AutoCloseable {

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    /** Room for look-ups that hang after nobody waits for them any more. */
    private static final int LOOKUPS_FOR_A_PLACE = 2;

    private final GuardedClient client;
    private final ScheduledThreadPoolExecutor timers;
    private final HostLookups lookups;
    private final Semaphore places;
    private final Duration deadline;
    private final int maxRedirects;

    private UrlFetcher(Builder builder) {
        PublicAddresses addresses = new PublicAddresses(builder.allowedNetworks);
        this.lookups = new HostLookups(
                builder.resolver, builder.connectTimeout, LOOKUPS_FOR_A_PLACE * builder.maxConcurrentRequests);
        this.client = new GuardedClient(
                new GuardedDnsResolver(lookups, addresses, builder.ports), builder.connectTimeout, builder.deadline);
        this.timers = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "graphql-files-copy-url-deadline");
            thread.setDaemon(true);
            return thread;
        });
        this.timers.setRemoveOnCancelPolicy(true);
        this.deadline = builder.deadline;
        this.maxRedirects = builder.maxRedirects;
        this.places = new Semaphore(builder.maxConcurrentRequests);
    }

    /** The defaults, to be changed. */
    public static Builder newUrlFetcher() {
        return new Builder();
    }

    /** For the fetches of one request, which share one time and take one place. */
    public FetchSession newSession() {
        return new FetchSession(this, places, deadline);
    }

    FetchAttempt newAttempt(long maxBytes, Duration left, Runnable onClose) {
        return new FetchAttempt(maxBytes, left, timers, onClose);
    }

    FetchedUrl fetch(WebUrl url, FetchAttempt attempt) throws UrlFetchException {
        WebUrl target = url;
        for (int redirects = 0; ; redirects++) {
            ClassicHttpResponse response = request(target, attempt);
            if (!REDIRECTS.contains(response.getCode())) {
                return accepted(response, target, attempt);
            }
            if (redirects == maxRedirects) {
                throw UrlFetchException.unreachable("the URL redirects more than " + maxRedirects + " times", null);
            }
            String location = value(response.getFirstHeader("Location"));
            // The body of a redirect may be endless; nobody reads it.
            attempt.breakOff();
            target = redirect(target, location);
        }
    }

    /** Where a redirect leads. */
    static WebUrl redirect(WebUrl from, @Nullable String location) throws UrlFetchException {
        if (location == null) {
            throw UrlFetchException.unreachable("the server of the URL redirects to nowhere", null);
        }
        WebUrl target;
        try {
            target = from.resolve(PercentEncoding.ofHeader(location));
        } catch (IllegalArgumentException e) {
            throw UrlFetchException.forbidden("the URL redirects to what is not copied from: " + e.getMessage());
        }
        if (from.isHttps() && !target.isHttps()) {
            throw UrlFetchException.forbidden("the URL redirects from https to http");
        }
        return target;
    }

    private ClassicHttpResponse request(WebUrl target, FetchAttempt attempt) throws UrlFetchException {
        HttpGet request = new HttpGet(target.toUri());
        attempt.begin(request);
        try {
            ClassicHttpResponse response = attempt.run(() -> client.send(request));
            attempt.answered(response);
            return response;
        } catch (RefusedHostException e) {
            throw attempt.failed(e.refusal());
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            // The last from a client whose request was cancelled between two of its steps.
            throw attempt.failed("the server of the URL could not be reached", e);
        }
    }

    private static FetchedUrl accepted(ClassicHttpResponse response, WebUrl target, FetchAttempt attempt)
            throws UrlFetchException {
        HttpEntity entity = response.getEntity();
        if (response.getCode() != 200 || entity == null) {
            throw UrlFetchException.unreachable(
                    "the server of the URL answered with status " + response.getCode() + " instead of 200", null);
        }
        ContentCoding coding = ContentCoding.of(response.getHeaders("Content-Encoding"));
        long byteSize = coding == ContentCoding.IDENTITY
                ? Math.max(entity.getContentLength(), FetchedUrl.UNKNOWN_SIZE)
                : FetchedUrl.UNKNOWN_SIZE;
        if (byteSize > attempt.maxBytes()) {
            throw UrlFetchException.tooLarge(attempt.maxBytes());
        }
        InputStream body;
        try {
            body = coding.unpacked(entity.getContent());
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

    /** Breaks off whatever is in progress and frees threads and sockets. */
    @Override
    public void close() {
        timers.shutdownNow();
        lookups.close();
        client.close();
    }

    /** Builds a {@link UrlFetcher}. Not thread-safe; usable again after {@link #build()}. */
    public static final class Builder {

        private Duration connectTimeout = Duration.ofSeconds(5);
        private Duration deadline = Duration.ofSeconds(60);
        private int maxRedirects = 3;
        private int maxConcurrentRequests = 32;
        private Set<Integer> ports = Set.of(80, 443);
        private List<Network> allowedNetworks = List.of();
        private HostResolver resolver = InetAddress::getAllByName;

        Builder() {}

        /** How long looking up a host may take, and one address to accept a connection. Default 5 seconds. */
        public Builder connectTimeout(Duration connectTimeout) {
            this.connectTimeout = positive("connectTimeout", connectTimeout);
            return this;
        }

        /**
         * How long the fetches of one request may take together, from a look-up to the last byte. Default 60 seconds.
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
         * How many requests may fetch at once. Default 32.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder maxConcurrentRequests(int maxConcurrentRequests) {
            if (maxConcurrentRequests < 1) {
                throw new IllegalArgumentException(
                        "maxConcurrentRequests: expected 1 or more, found " + maxConcurrentRequests);
            }
            this.maxConcurrentRequests = maxConcurrentRequests;
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
