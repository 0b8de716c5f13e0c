package io.graphqlfiles.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;

/** Notes {@link RequestFacts} for the GraphQL endpoint, whose interceptors do not see the exchange. */
final class RequestFactsWebFilter implements WebFilter {

    private static final String ATTRIBUTE = RequestFactsWebFilter.class.getName() + ".facts";

    private final String path;

    /** @param path of the GraphQL endpoint, within the application */
    RequestFactsWebFilter(String path) {
        this.path = path;
    }

    /** Null if the request did not come through this filter. */
    static @Nullable RequestFacts facts(WebGraphQlRequest request) {
        return (RequestFacts) request.getAttributes().get(ATTRIBUTE);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        if (!request.getPath().pathWithinApplication().value().equals(path)) {
            return chain.filter(exchange);
        }
        return exchange.getPrincipal()
                .map(principal -> facts(request, principal.getName()))
                .switchIfEmpty(Mono.fromSupplier(() -> facts(request, null)))
                .flatMap(facts -> {
                    exchange.getAttributes().put(ATTRIBUTE, facts);
                    return chain.filter(exchange);
                });
    }

    /** Forwarded headers count exactly as far as the application has configured Spring or the server to trust them. */
    private static RequestFacts facts(ServerHttpRequest request, @Nullable String principal) {
        return new RequestFacts(
                UriComponentsBuilder.fromUri(request.getURI())
                        .replacePath(request.getPath().contextPath().value())
                        .replaceQuery(null)
                        .fragment(null)
                        .build()
                        .toUri(),
                principal);
    }
}
