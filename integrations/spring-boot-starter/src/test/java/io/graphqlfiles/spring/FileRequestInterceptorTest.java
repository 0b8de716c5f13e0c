package io.graphqlfiles.spring;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.GraphQLContext;
import io.graphqlfiles.server.ServerSupport;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.support.DefaultGraphQlRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockServletContext;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import reactor.core.publisher.Mono;

class FileRequestInterceptorTest {

    private final MockServletContext application = new MockServletContext();

    @AfterEach
    void endRequest() {
        RequestContextHolder.resetRequestAttributes();
    }

    @ParameterizedTest
    @CsvSource({
        "wss://shop.example/shop/graphql, https://shop.example/shop",
        "ws://shop.example:8080/shop/graphql, http://shop.example:8080/shop",
    })
    void baseUrl_webSocket(URI handshake, URI expected) {
        application.setContextPath("/shop");

        assertThat(context(handshake).<URI>get(ServerSupport.BASE_URL_KEY)).isEqualTo(expected);
    }

    @Test
    void baseUrl_http() {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/shop/graphql");
        request.setScheme("https");
        request.setServerName("shop.example");
        request.setServerPort(8443);
        request.setContextPath("/shop");
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));

        assertThat(context(URI.create("https://other/shop/graphql")).<URI>get(ServerSupport.BASE_URL_KEY))
                .isEqualTo(URI.create("https://shop.example:8443/shop"));
    }

    @Test
    void principal_nobody() {
        assertThat(FileRequestInterceptor.principalName(context(URI.create("http://a/graphql"))))
                .isNull();
    }

    @Test
    void principal_signedIn() {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setUserPrincipal(() -> "ann");
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));

        assertThat(FileRequestInterceptor.principalName(context(URI.create("http://a/graphql"))))
                .isEqualTo("ann");
    }

    private GraphQLContext context(URI uri) {
        WebGraphQlRequest request = new WebGraphQlRequest(
                uri,
                new HttpHeaders(),
                new LinkedMultiValueMap<>(),
                InetSocketAddress.createUnresolved("client", 1),
                Map.of(),
                new DefaultGraphQlRequest("{ __typename }"),
                "1",
                Locale.ROOT);
        AtomicReference<GraphQLContext> seen = new AtomicReference<>();
        new FileRequestInterceptor(application::getContextPath, any -> ServletRequestFacts.current())
                .intercept(request, passed -> {
                    seen.set(passed.toExecutionInput().getGraphQLContext());
                    return Mono.empty();
                })
                .block();
        return seen.get();
    }
}
