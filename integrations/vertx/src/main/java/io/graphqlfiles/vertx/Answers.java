package io.graphqlfiles.vertx;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.graphqlfiles.server.MultipartRequestException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** Answers to requests that never reach GraphQL, in the shape that GraphQL clients read. */
final class Answers {

    private Answers() {}

    /** More requests wait than may. */
    static void overloaded(RoutingContext exchange) {
        exchange.response().putHeader("Retry-After", "1");
        json(exchange, 503, "The server has too much to do; try again later.", "SERVICE_UNAVAILABLE");
    }

    /** RFC 9110, section 15.5.9. */
    static void tooSlow(RoutingContext exchange) {
        exchange.response().putHeader("Connection", "close");
        json(exchange, 408, "The request comes too slowly.", "REQUEST_TIMEOUT");
    }

    private static void json(RoutingContext exchange, int status, String message, String code) {
        json(
                exchange,
                status,
                ("{\"errors\":[{\"message\":\"" + message + "\",\"extensions\":{\"code\":\"" + code + "\"}}]}")
                        .getBytes(UTF_8));
    }

    static void json(RoutingContext exchange, int status, byte[] json) {
        HttpServerResponse response = exchange.response();
        if (response.ended() || response.closed()) {
            return;
        }
        String accept = String.join(",", exchange.request().headers().getAll("Accept"));
        Future<Void> unused = response.setStatusCode(status)
                .putHeader("Content-Type", MultipartRequestException.responseType(accept))
                .end(Buffer.buffer(json));
    }
}
