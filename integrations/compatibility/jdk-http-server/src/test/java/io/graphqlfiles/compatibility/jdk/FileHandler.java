package io.graphqlfiles.compatibility.jdk;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.graphqlfiles.server.FileEndpointRequest;
import io.graphqlfiles.server.FileEndpointResponse;
import io.graphqlfiles.server.ServerSupport;
import java.io.IOException;

/** Serves files and takes direct uploads, below the base path. */
final class FileHandler implements HttpHandler {

    private final ServerSupport server;

    FileHandler(ServerSupport server) {
        this.server = server;
    }

    // tag::files
    @Override
    public void handle(HttpExchange exchange) throws IOException {
        // As they came: what a URL permits is signed character by character.
        String path = exchange.getRequestURI()
                .getRawPath()
                .substring(server.basePath().length());
        String query = exchange.getRequestURI().getRawQuery();
        String length = exchange.getRequestHeaders().getFirst("Content-Length");
        try (FileEndpointResponse answer = server.fileEndpoint()
                .handle(new FileEndpointRequest(
                        exchange.getRequestMethod(),
                        path,
                        query,
                        exchange.getRequestHeaders()::getFirst,
                        exchange.getRequestBody(),
                        length == null ? -1 : Long.parseLong(length)))) {
            if (answer.status() >= 400) {
                // A client that sends all of an upload before it reads would otherwise find a broken connection.
                server.drain(exchange.getRequestBody());
            }
            answer.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            exchange.sendResponseHeaders(answer.status(), bodyLength(exchange, answer));
            answer.writeTo(exchange.getResponseBody());
            // Not in a finally: after a failure this server breaks the connection off, so that nobody takes a part for
            // the whole.
            exchange.close();
        }
    }
    // end::files

    /** As this server wants it: -1 for no body. */
    private static long bodyLength(HttpExchange exchange, FileEndpointResponse answer) {
        boolean hasBody =
                !exchange.getRequestMethod().equals("HEAD") && answer.status() != 204 && answer.status() != 304;
        long length = hasBody ? Long.parseLong(answer.headers().getOrDefault("Content-Length", "0")) : 0;
        return length == 0 ? -1 : length;
    }
}
