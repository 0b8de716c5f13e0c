package io.graphqlfiles.spring;

import graphql.GraphQLContext;
import io.graphqlfiles.server.ServerSupport;
import java.net.URI;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.server.WebSocketGraphQlRequest;
import org.springframework.web.util.UriComponents;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;

/**
 * Carries what file fields need to know of the HTTP request into the execution: where clients reach this application,
 * and who is asking. Read here, in the request's own thread, because data fetchers may run in others.
 */
final class FileRequestInterceptor implements WebGraphQlInterceptor {

    private static final Object PRINCIPAL_KEY = FileRequestInterceptor.class.getName() + ".principal";

    private final Supplier<String> contextPath;
    private final Function<WebGraphQlRequest, @Nullable RequestFacts> facts;

    /** @param facts null for a message on a WebSocket, which has only the URL of its handshake */
    FileRequestInterceptor(Supplier<String> contextPath, Function<WebGraphQlRequest, @Nullable RequestFacts> facts) {
        this.contextPath = contextPath;
        this.facts = facts;
    }

    /** Name of the authenticated user; null if nobody is. */
    static @Nullable String principalName(GraphQLContext context) {
        return context.get(PRINCIPAL_KEY);
    }

    @Override
    public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
        RequestFacts known = facts.apply(request);
        if (known != null) {
            return proceed(request, known, chain);
        }
        URI baseUrl = baseUrl(request.getUri());
        return handshakeUser(request)
                .flatMap(user -> proceed(request, new RequestFacts(baseUrl, user.orElse(null)), chain));
    }

    private static Mono<WebGraphQlResponse> proceed(WebGraphQlRequest request, RequestFacts known, Chain chain) {
        Map<Object, Object> context = new LinkedHashMap<>();
        context.put(ServerSupport.BASE_URL_KEY, known.baseUrl());
        if (known.principal() != null) {
            context.put(PRINCIPAL_KEY, known.principal());
        }
        request.configureExecutionInput(
                (input, builder) -> builder.graphQLContext(context).build());
        return chain.next(request);
    }

    /** Who was signed in when the connection was opened: a message has no user of its own. */
    private static Mono<Optional<String>> handshakeUser(WebGraphQlRequest request) {
        if (!(request instanceof WebSocketGraphQlRequest message)) {
            return Mono.just(Optional.empty());
        }
        return message.getSessionInfo()
                .getPrincipal()
                .map(Principal::getName)
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty());
    }

    private URI baseUrl(UriComponents handshake) {
        String scheme = String.valueOf(handshake.getScheme()).toLowerCase(Locale.ROOT);
        return UriComponentsBuilder.newInstance()
                .scheme(scheme.equals("wss") || scheme.equals("https") ? "https" : "http")
                .host(handshake.getHost())
                .port(handshake.getPort())
                .path(contextPath.get())
                .build()
                .toUri();
    }
}
