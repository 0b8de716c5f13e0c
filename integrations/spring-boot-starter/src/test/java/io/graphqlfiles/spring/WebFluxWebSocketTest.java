package io.graphqlfiles.spring;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.graphql.server.webflux.AuthenticationWebSocketInterceptor;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.web.server.SecurityWebFilterChain;
import reactor.core.publisher.Mono;

@SpringBootTest(
        classes = WebFluxWebSocketTest.Application.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.main.web-application-type=reactive",
            WebSocketTests.SCHEMA,
            WebSocketTests.PATH,
            WebSocketTests.SECRET
        })
class WebFluxWebSocketTest extends WebSocketTests {

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(Beans.class)
    static class Application {

        @Bean
        MapReactiveUserDetailsService users() {
            return new MapReactiveUserDetailsService(Beans.users());
        }

        @Bean
        SecurityWebFilterChain everybody(ServerHttpSecurity http) {
            return http.authorizeExchange(exchanges -> exchanges.anyExchange().permitAll())
                    .httpBasic(Customizer.withDefaults())
                    .csrf(ServerHttpSecurity.CsrfSpec::disable)
                    .build();
        }

        @Bean
        AuthenticationWebSocketInterceptor firstMessage() {
            return new AuthenticationWebSocketInterceptor(
                    Beans.NAMED_BY_PAYLOAD, user -> Mono.just(Beans.believe(user)));
        }
    }
}
