package io.graphqlfiles.spring;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.graphqlfiles.server.MultipartRequestException;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Answers to requests that never reach GraphQL, in the shape that GraphQL clients read. */
final class ErrorAnswer {

    private ErrorAnswer() {}

    /** More requests wait than may. */
    static Mono<Void> overloaded(ServerWebExchange exchange) {
        exchange.getResponse().getHeaders().set("Retry-After", "1");
        return json(
                exchange,
                HttpStatus.SERVICE_UNAVAILABLE,
                "{\"errors\":[{\"message\":\"The server has too much to do; try again later.\","
                        + "\"extensions\":{\"code\":\"SERVICE_UNAVAILABLE\"}}]}");
    }

    /** RFC 9110, section 15.5.9. */
    static Mono<Void> tooSlow(ServerWebExchange exchange) {
        exchange.getResponse().getHeaders().set("Connection", "close");
        return json(
                exchange,
                HttpStatus.REQUEST_TIMEOUT,
                "{\"errors\":[{\"message\":\"The request comes too slowly.\","
                        + "\"extensions\":{\"code\":\"REQUEST_TIMEOUT\"}}]}");
    }

    private static Mono<Void> json(ServerWebExchange exchange, HttpStatusCode status, String json) {
        return json(exchange, status, json.getBytes(UTF_8));
    }

    static Mono<Void> json(ServerWebExchange exchange, HttpStatusCode status, byte[] json) {
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(status);
        // Not as a map of lists, which HttpHeaders is no more since Spring 7.
        String accept = String.join(",", exchange.getRequest().getHeaders().getValuesAsList("Accept"));
        response.getHeaders().setContentType(MediaType.parseMediaType(MultipartRequestException.responseType(accept)));
        response.getHeaders().setContentLength(json.length);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(json)));
    }
}
