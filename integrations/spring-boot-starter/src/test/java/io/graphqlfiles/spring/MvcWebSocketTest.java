package io.graphqlfiles.spring;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.graphql.server.webmvc.AuthenticationWebSocketInterceptor;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

@SpringBootTest(
        classes = MvcWebSocketTest.Application.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {WebSocketTests.SCHEMA, WebSocketTests.PATH, WebSocketTests.SECRET})
class MvcWebSocketTest extends WebSocketTests {

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(Beans.class)
    static class Application {

        @Bean
        InMemoryUserDetailsManager users() {
            return new InMemoryUserDetailsManager(Beans.users());
        }

        @Bean
        SecurityFilterChain everybody(HttpSecurity http) {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .httpBasic(Customizer.withDefaults())
                    .csrf(csrf -> csrf.disable())
                    .build();
        }

        @Bean
        AuthenticationWebSocketInterceptor firstMessage() {
            return new AuthenticationWebSocketInterceptor(Beans.NAMED_BY_PAYLOAD, Beans::believe);
        }
    }
}
