package io.graphqlfiles.internal.endpoint;

import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.graphqlfiles.server.FileEndpoint;
import io.graphqlfiles.server.FileEndpointRequest;
import io.graphqlfiles.server.FileEndpointResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The library's own file endpoint on a real server, the smallest there is. */
public final class FileEndpointServer implements AutoCloseable {

    private static final String BASE_PATH = "/files";

    private final HttpServer server;
    private final HttpContext context;
    private @Nullable FileEndpoint endpoint;

    private FileEndpointServer(HttpServer server) {
        this.server = server;
        this.context = server.createContext(BASE_PATH, this::answer);
    }

    public static FileEndpointServer start(FileEndpoint endpoint) throws IOException {
        FileEndpointServer started = start();
        started.serve(endpoint);
        return started;
    }

    /** A server that has nothing to answer with before {@link #serve}. */
    public static FileEndpointServer start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        FileEndpointServer started = new FileEndpointServer(server);
        server.start();
        return started;
    }

    public void serve(FileEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** Stands before everything. */
    public void filter(Filter filter) {
        context.getFilters().add(filter);
    }

    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String length = exchange.getRequestHeaders().getFirst("Content-Length");
        FileEndpointRequest request = new FileEndpointRequest(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath().substring(BASE_PATH.length()),
                exchange.getRequestURI().getRawQuery(),
                exchange.getRequestHeaders()::getFirst,
                exchange.getRequestBody(),
                length == null ? -1 : Long.parseLong(length));
        try (exchange;
                FileEndpointResponse response = requireNonNull(endpoint).handle(request)) {
            exchange.getRequestBody().readAllBytes();
            response.headers().forEach((name, value) -> {
                if (!name.equals("Content-Length")) {
                    exchange.getResponseHeaders().set(name, value);
                }
            });
            String body = response.headers().getOrDefault("Content-Length", "0");
            exchange.sendResponseHeaders(response.status(), body.equals("0") ? -1 : Long.parseLong(body));
            response.writeTo(exchange.getResponseBody());
        }
    }
}
