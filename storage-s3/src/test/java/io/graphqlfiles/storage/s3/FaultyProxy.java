package io.graphqlfiles.storage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;

/** Stands in front of a real server and, on demand, does what networks and servers do on a bad day. */
final class FaultyProxy implements AutoCloseable {

    private static final Set<String> PER_CONNECTION =
            Set.of("connection", "content-length", "transfer-encoding", "expect", "keep-alive");

    private final URI target;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CloseableHttpClient client = HttpClients.custom()
            .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                    .setMaxConnPerRoute(50)
                    .setMaxConnTotal(50)
                    .build())
            .disableAutomaticRetries()
            .disableContentCompression()
            .disableRedirectHandling()
            .build();
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    FaultyProxy(URI target) throws IOException {
        this.target = target;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** From now on, every request that fits meets this fault; the fault told last wins. */
    void always(Predicate<String> request, Fault fault) {
        rules.add(0, new Rule(request, fault, Integer.MAX_VALUE));
    }

    /** The next requests that fit meet this fault. */
    void next(int times, Predicate<String> request, Fault fault) {
        rules.add(0, new Rule(request, fault, times));
    }

    /** Method, path and query of each request, in order. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    static Predicate<String> method(String method) {
        return request -> request.startsWith(method + " ");
    }

    static Predicate<String> matches(String regex) {
        return request -> request.matches(regex);
    }

    /** An answer of the server's own. */
    static Fault answer(int status, String code) {
        return (exchange, proxy) -> {
            exchange.getRequestBody().readAllBytes();
            boolean hasBody = code != null && !exchange.getRequestMethod().equals("HEAD");
            byte[] body = ("<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>told so</Message></Error>")
                    .getBytes(UTF_8);
            exchange.getResponseHeaders().set("x-amz-request-id", "REQUEST1");
            exchange.sendResponseHeaders(status, hasBody ? body.length : -1);
            if (hasBody) {
                exchange.getResponseBody().write(body);
            }
        };
    }

    /** An answer of the server's own, of success. */
    static Fault body(String xml) {
        return (exchange, proxy) -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, xml.getBytes(UTF_8).length);
            exchange.getResponseBody().write(xml.getBytes(UTF_8));
        };
    }

    /** The connection breaks off before the server has heard of anything. */
    static Fault brokenConnection() {
        return (exchange, proxy) -> exchange.getRequestBody().readAllBytes();
    }

    /** The server does what it is asked, and the connection breaks off before it can say so. */
    static Fault lostAnswer() {
        return (exchange, proxy) -> proxy.send(exchange);
    }

    /** The server does what it is asked, and answers something else. */
    static Fault done(Fault answer) {
        return (exchange, proxy) -> {
            proxy.send(exchange);
            answer.apply(exchange, proxy);
        };
    }

    /** The connection breaks off in the middle of the answer. */
    static Fault cutAnswer(int after) {
        return (exchange, proxy) -> {
            Answer answer = proxy.send(exchange);
            proxy.sendHead(exchange, answer);
            exchange.getResponseBody().write(answer.body(), 0, after);
            exchange.getResponseBody().flush();
        };
    }

    /** Something happens just before the server hears of it. */
    static Fault after(Runnable action, Fault then) {
        return (exchange, proxy) -> {
            action.run();
            then.apply(exchange, proxy);
        };
    }

    /** No fault at all. */
    static Fault passOn() {
        return (exchange, proxy) -> {
            Answer answer = proxy.send(exchange);
            proxy.sendHead(exchange, answer);
            if (answer.body().length > 0) {
                exchange.getResponseBody().write(answer.body());
            }
        };
    }

    @Override
    public void close() throws IOException {
        server.stop(0);
        threads.shutdownNow();
        client.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        requests.add(request);
        // Closing an exchange whose answer is not complete closes the connection.
        try (exchange) {
            fault(request).apply(exchange, this);
        }
    }

    private synchronized Fault fault(String request) {
        for (Rule rule : rules) {
            if (rule.request.test(request) && rule.times > 0) {
                rule.times--;
                return rule.fault;
            }
        }
        return passOn();
    }

    private Answer send(HttpExchange exchange) throws IOException {
        ClassicRequestBuilder request = ClassicRequestBuilder.create(exchange.getRequestMethod())
                .setUri(target.resolve(exchange.getRequestURI()));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!PER_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.addHeader(name, value));
            }
        });
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (Set.of("PUT", "POST").contains(exchange.getRequestMethod())) {
            request.setEntity(new ByteArrayEntity(body, null));
        }
        ClassicHttpRequest built = request.build();
        return client.execute(built, FaultyProxy::answerOf);
    }

    private static Answer answerOf(ClassicHttpResponse response) throws IOException {
        byte[] body = response.getEntity() == null ? new byte[0] : EntityUtils.toByteArray(response.getEntity());
        return new Answer(response.getCode(), List.of(response.getHeaders()), body);
    }

    private void sendHead(HttpExchange exchange, Answer answer) throws IOException {
        for (Header header : answer.headers()) {
            String name = header.getName().toLowerCase(Locale.ROOT);
            if (!PER_CONNECTION.contains(name)
                    || (name.equals("content-length")
                            && exchange.getRequestMethod().equals("HEAD"))) {
                exchange.getResponseHeaders().add(header.getName(), header.getValue());
            }
        }
        exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
    }

    /** What happens to a request. */
    interface Fault {
        void apply(HttpExchange exchange, FaultyProxy proxy) throws IOException;
    }

    private static final class Rule {
        private final Predicate<String> request;
        private final Fault fault;
        private int times;

        Rule(Predicate<String> request, Fault fault, int times) {
            this.request = request;
            this.fault = fault;
            this.times = times;
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Answer(int status, List<Header> headers, byte[] body) {}
}
