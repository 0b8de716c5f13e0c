package io.graphqlfiles.internal.copyurl;

import java.io.IOException;
import java.net.Proxy;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.config.Lookup;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP client that does nothing but send one plain GET to the addresses that its resolver gives. It is made with the
 * first request: its classes and those of TLS are a large part of what the library would add to an application's start,
 * and next to a fetch they are little. Thread-safe.
 */
final class GuardedClient implements AutoCloseable {

    /** Enough for all fetches at once: how many there are is for the callers to bound. */
    private static final int MAX_CONNECTIONS = 10_000;

    private final DnsResolver resolver;
    private final Duration connectTimeout;
    private final Duration deadline;
    /** Not a monitor: the first client reads certificates from disk, and closing it closes connections. */
    private final ReentrantLock lock = new ReentrantLock();

    private @Nullable CloseableHttpClient client;
    private boolean closed;

    GuardedClient(DnsResolver resolver, Duration connectTimeout, Duration deadline) {
        this.resolver = resolver;
        this.connectTimeout = connectTimeout;
        this.deadline = deadline;
    }

    /**
     * Sends the request; the caller closes the answer.
     *
     * @throws IOException if the server cannot be reached, or this client is closed
     */
    ClassicHttpResponse send(HttpGet request) throws IOException {
        return client().executeOpen(null, request, HttpClientContext.create());
    }

    private CloseableHttpClient client() throws IOException {
        lock.lock();
        try {
            if (closed) {
                throw new IOException("the client is closed");
            }
            if (client == null) {
                client = create();
            }
            return client;
        } finally {
            lock.unlock();
        }
    }

    /** Breaks off the requests in progress. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (client != null) {
                client.close(CloseMode.IMMEDIATE);
            }
        } finally {
            lock.unlock();
        }
    }

    private CloseableHttpClient create() {
        PoolingHttpClientConnectionManagerBuilder connections = new DirectConnections()
                .setDnsResolver(resolver)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(timeout(connectTimeout))
                        .setSocketTimeout(timeout(deadline))
                        .build())
                // Without bounds a server could fill the memory with headers.
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom()
                                .setMaxLineLength(16_384)
                                .setMaxHeaderCount(200)
                                .setMaxEmptyLineCount(5)
                                .build())
                        .build())
                .setMaxConnTotal(MAX_CONNECTIONS)
                .setMaxConnPerRoute(MAX_CONNECTIONS);
        return HttpClientBuilder.create()
                .setConnectionManager(connections.build())
                // A given route planner keeps every proxy setting of the platform out: a proxy would resolve hosts by
                // itself.
                .setRoutePlanner(new DefaultRoutePlanner(null))
                .setConnectionReuseStrategy((request, response, context) -> false)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setAuthenticationEnabled(false)
                        .setProtocolUpgradeEnabled(false)
                        .setResponseTimeout(timeout(deadline))
                        .build())
                .setDefaultHeaders(List.of(new BasicHeader("Accept-Encoding", "identity")))
                .setUserAgent("graphql-java-files")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                // What comes packed all the same is unpacked by FetchedStream's side, within its limit.
                .disableContentCompression()
                .build();
    }

    private static Timeout timeout(Duration duration) {
        return Timeout.of(duration.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The socket itself would otherwise ask the platform for a SOCKS proxy. */
    private static final class DirectConnections extends PoolingHttpClientConnectionManagerBuilder {

        @Override
        protected HttpClientConnectionOperator createConnectionOperator(
                SchemePortResolver ports, DnsResolver resolver, TlsSocketStrategy tls) {
            Lookup<TlsSocketStrategy> strategies = scheme -> "https".equals(scheme) ? tls : null;
            return new DefaultHttpClientConnectionOperator(proxy -> newSocket(), ports, resolver, strategies);
        }

        private static Socket newSocket() throws IOException {
            Socket socket = new Socket(Proxy.NO_PROXY);
            FetchAttempt.waitsFor(socket);
            return socket;
        }
    }
}
