package io.graphqlfiles.compatibility.spring;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.ReactiveUserDetailsService;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.filter.reactive.ServerWebExchangeContextFilter;

/** On Spring WebFlux. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
    CommonBeans.class,
    AlbumConfiguration.class,
    AlbumController.class,
    ShelfController.class,
    WebFluxController.class,
    WebFluxApplication.Security.class
})
public class WebFluxApplication {

    @Configuration(proxyBeanMethods = false)
    static class Security {

        @Bean
        SecurityWebFilterChain securityFilterChain(ServerHttpSecurity http) {
            return http.authorizeExchange(exchanges -> exchanges.anyExchange().permitAll())
                    .httpBasic(Customizer.withDefaults())
                    .csrf(ServerHttpSecurity.CsrfSpec::disable)
                    .build();
        }

        @Bean
        ReactiveUserDetailsService users() {
            return new MapReactiveUserDetailsService(CommonBeans.user());
        }

        /** How reactive data fetchers get at their request. */
        @Bean
        ServerWebExchangeContextFilter exchangeContextFilter() {
            return new ServerWebExchangeContextFilter();
        }
    }
}
