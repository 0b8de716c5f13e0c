package io.graphqlfiles.internal.copyurl;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTP server on one loopback address that counts what reaches it. */
final class TestServer implements AutoCloseable {

    interface Handler {
        void handle(HttpExchange exchange) throws IOException;
    }

    final AtomicInteger hits = new AtomicInteger();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final String address;

    TestServer(String address, int port) throws IOException {
        this.address = address;
        this.server = HttpServer.create(new InetSocketAddress(address, port), 0);
        this.server.setExecutor(threads);
        on("/", exchange -> exchange.sendResponseHeaders(404, -1));
        server.start();
    }

    TestServer on(String path, Handler handler) {
        try {
            server.removeContext(path);
        } catch (IllegalArgumentException e) {
            // Not there yet.
        }
        server.createContext(path, exchange -> {
            hits.incrementAndGet();
            try (exchange) {
                handler.handle(exchange);
            }
        });
        return this;
    }

    TestServer redirect(String path, String location) {
        return on(path, exchange -> {
            exchange.getResponseHeaders().set("Location", location);
            exchange.sendResponseHeaders(302, -1);
        });
    }

    TestServer content(String path, byte[] content) {
        return on(path, exchange -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        });
    }

    int port() {
        return server.getAddress().getPort();
    }

    URI url(String path) {
        return URI.create("http://" + address + ":" + port() + path);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
