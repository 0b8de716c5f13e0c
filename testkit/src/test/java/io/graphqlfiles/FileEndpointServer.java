package io.graphqlfiles;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/** The library's own file endpoint on a real server, the smallest there is. */
public final class FileEndpointServer implements AutoCloseable {

    private static final String BASE_PATH = "/files";

    private final HttpServer server;
    private final FileEndpoint endpoint;

    private FileEndpointServer(HttpServer server, FileEndpoint endpoint) {
        this.server = server;
        this.endpoint = endpoint;
    }

    public static FileEndpointServer start(FileEndpoint endpoint) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        FileEndpointServer started = new FileEndpointServer(server, endpoint);
        server.createContext(BASE_PATH, started::answer);
        server.start();
        return started;
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
                FileEndpointResponse response = endpoint.handle(request)) {
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
