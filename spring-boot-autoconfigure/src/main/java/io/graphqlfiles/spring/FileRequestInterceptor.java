package io.graphqlfiles.spring;

import graphql.GraphQLContext;
import io.graphqlfiles.GraphQLFiles;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.util.UriComponents;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;

/**
 * Carries what file fields need to know of the HTTP request into the execution: where clients reach this application,
 * and who is asking. Read here, in the request's own thread, because data fetchers may run in others.
 */
final class FileRequestInterceptor implements WebGraphQlInterceptor {

    private static final Object PRINCIPAL_KEY = FileRequestInterceptor.class.getName() + ".principal";

    private final ServletContext servletContext;

    FileRequestInterceptor(ServletContext servletContext) {
        this.servletContext = servletContext;
    }

    /** Name of the authenticated user; null if nobody is. */
    static @Nullable String principalName(GraphQLContext context) {
        return context.get(PRINCIPAL_KEY);
    }

    @Override
    public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
        Map<Object, Object> facts = new LinkedHashMap<>();
        HttpServletRequest http = currentRequest();
        facts.put(GraphQLFiles.BASE_URL_KEY, http != null ? baseUrl(http) : baseUrl(request.getUri()));
        Principal principal = http != null ? http.getUserPrincipal() : null;
        if (principal != null && principal.getName() != null) {
            facts.put(PRINCIPAL_KEY, principal.getName());
        }
        request.configureExecutionInput(
                (input, builder) -> builder.graphQLContext(facts).build());
        return chain.next(request);
    }

    private static @Nullable HttpServletRequest currentRequest() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? attributes.getRequest()
                : null;
    }

    /** Forwarded headers count exactly as far as the application has told Spring or the container to trust them. */
    private static URI baseUrl(HttpServletRequest request) {
        return ServletUriComponentsBuilder.fromContextPath(request).build().toUri();
    }

    /** A message on a WebSocket has no servlet request, only the URL of its handshake. */
    private URI baseUrl(UriComponents handshake) {
        String scheme = String.valueOf(handshake.getScheme()).toLowerCase(Locale.ROOT);
        return UriComponentsBuilder.newInstance()
                .scheme(scheme.equals("wss") || scheme.equals("https") ? "https" : "http")
                .host(handshake.getHost())
                .port(handshake.getPort())
                .path(servletContext.getContextPath())
                .build()
                .toUri();
    }
}
