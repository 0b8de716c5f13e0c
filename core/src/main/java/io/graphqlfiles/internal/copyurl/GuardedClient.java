package io.graphqlfiles.internal.copyurl;

import java.io.IOException;
import java.net.Proxy;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

/**
 * An HTTP client that does nothing but send one plain GET to the addresses that its resolver gives. To make it reads
 * certificates from disk. Thread-safe.
 */
final class GuardedClient implements AutoCloseable {

    /** Enough for all fetches at once: how many there are is for the callers to bound. */
    private static final int MAX_CONNECTIONS = 10_000;

    private final CloseableHttpClient client;
    private volatile boolean closed;

    GuardedClient(DnsResolver resolver, Duration connectTimeout, Duration deadline) {
        this.client = create(resolver, connectTimeout, deadline);
    }

    /**
     * Sends the request; the caller closes the answer.
     *
     * @throws IOException if the server cannot be reached, or this client is closed
     */
    ClassicHttpResponse send(HttpGet request) throws IOException {
        if (closed) {
            throw new IOException("the client is closed");
        }
        return client.executeOpen(null, request, HttpClientContext.create());
    }

    /** Breaks off the requests in progress. */
    @Override
    public void close() {
        closed = true;
        client.close(CloseMode.IMMEDIATE);
    }

    private static CloseableHttpClient create(DnsResolver resolver, Duration connectTimeout, Duration deadline) {
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
