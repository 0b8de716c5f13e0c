package io.graphqlfiles.spring;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.MediaType;
import org.springframework.http.codec.multipart.Part;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.util.CollectionUtils;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebExchangeDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A multipart request in the guise of a JSON request. Nothing here leads to the body on the connection. */
final class JsonExchange extends ServerWebExchangeDecorator {

    private final ServerHttpRequest request;

    JsonExchange(ServerWebExchange exchange, byte[] json) {
        super(exchange);
        ServerHttpRequest renamed = exchange.getRequest()
                .mutate()
                .headers(headers -> {
                    headers.setContentType(MediaType.APPLICATION_JSON);
                    headers.setContentLength(json.length);
                })
                .build();
        request = new ServerHttpRequestDecorator(renamed) {
            @Override
            public Flux<DataBuffer> getBody() {
                return Flux.defer(
                        () -> Flux.just(exchange.getResponse().bufferFactory().wrap(json)));
            }
        };
    }

    @Override
    public ServerHttpRequest getRequest() {
        return request;
    }

    @Override
    public Mono<MultiValueMap<String, String>> getFormData() {
        return Mono.just(empty());
    }

    @Override
    public Mono<MultiValueMap<String, Part>> getMultipartData() {
        return Mono.just(empty());
    }

    private static <T> MultiValueMap<String, T> empty() {
        return CollectionUtils.unmodifiableMultiValueMap(new LinkedMultiValueMap<>());
    }
}
