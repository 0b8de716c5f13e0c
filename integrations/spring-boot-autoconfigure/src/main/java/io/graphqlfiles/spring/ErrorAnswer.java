package io.graphqlfiles.spring;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/** Answers to requests that never reach GraphQL, in the shape that GraphQL clients read. */
final class ErrorAnswer {

    private ErrorAnswer() {}

    /** More requests wait than may. */
    static Mono<Void> overloaded(ServerHttpResponse response) {
        response.getHeaders().set("Retry-After", "1");
        return json(
                response,
                HttpStatus.SERVICE_UNAVAILABLE,
                "{\"errors\":[{\"message\":\"The server has too much to do; try again later.\","
                        + "\"extensions\":{\"code\":\"SERVICE_UNAVAILABLE\"}}]}");
    }

    /** RFC 9110, section 15.5.9. */
    static Mono<Void> tooSlow(ServerHttpResponse response) {
        response.getHeaders().set("Connection", "close");
        return json(
                response,
                HttpStatus.REQUEST_TIMEOUT,
                "{\"errors\":[{\"message\":\"The request comes too slowly.\","
                        + "\"extensions\":{\"code\":\"REQUEST_TIMEOUT\"}}]}");
    }

    private static Mono<Void> json(ServerHttpResponse response, HttpStatusCode status, String json) {
        return json(response, status, json.getBytes(UTF_8));
    }

    static Mono<Void> json(ServerHttpResponse response, HttpStatusCode status, byte[] json) {
        response.setStatusCode(status);
        response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
        response.getHeaders().setContentLength(json.length);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(json)));
    }
}
