package io.graphqlfiles.compatibility.jdk;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.graphqlfiles.server.GraphQLMultipartRequest;
import io.graphqlfiles.server.MultipartRequestException;
import io.graphqlfiles.server.ServerSupport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Takes GraphQL requests, with files or without, and hands on the JSON. */
final class UploadHandler implements HttpHandler {

    private final ServerSupport server;
    private final GraphQLEndpoint graphQl;

    /** A GraphQL server that knows nothing of files: JSON in, JSON out. */
    interface GraphQLEndpoint {
        Answer execute(HttpExchange exchange, InputStream json) throws IOException;
    }

    /** What is sent back. */
    @SuppressWarnings("ArrayRecordComponent")
    record Answer(int status, String contentType, byte[] body) {}

    UploadHandler(ServerSupport server, GraphQLEndpoint graphQl) {
        this.server = server;
        this.graphQl = graphQl;
    }

    // tag::multipart
    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String contentType = exchange.getRequestHeaders().getFirst("Content-Type");
        if (server.isMultipart(contentType)) {
            handleMultipart(exchange, contentType);
        } else {
            send(exchange, graphQl.execute(exchange, exchange.getRequestBody()));
        }
        exchange.close();
    }

    /** Closes the request after its answer was sent: the client gets to send the rest, and then to read the answer. */
    private void handleMultipart(HttpExchange exchange, String contentType) throws IOException {
        try (GraphQLMultipartRequest request = server.openMultipartRequest(
                contentType, exchange.getRequestHeaders()::getFirst, exchange.getRequestBody())) {
            Answer answer;
            try {
                // The files stay on the connection until a data fetcher reads them.
                answer = graphQl.execute(exchange, new ByteArrayInputStream(request.operations()));
            } catch (MultipartRequestException e) {
                answer = new Answer(
                        e.status(), MultipartRequestException.responseType(accept(exchange)), e.responseBody());
            }
            send(exchange, answer);
        }
    }
    // end::multipart

    /** There may be several of this header; null if there is none. */
    private static String accept(HttpExchange exchange) {
        List<String> accept = exchange.getRequestHeaders().get("Accept");
        return accept == null ? null : String.join(",", accept);
    }

    /** Sends all of it, but does not close: the client may have more to send. */
    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", answer.contentType());
        exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
        if (answer.body().length > 0) {
            exchange.getResponseBody().write(answer.body());
            exchange.getResponseBody().flush();
        }
    }
}
