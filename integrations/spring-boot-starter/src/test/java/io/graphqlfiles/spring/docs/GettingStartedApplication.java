package io.graphqlfiles.spring.docs;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.SecurityFilterChain;

/** What the guide for Spring shows, as an application. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({ProductController.class, FilesConfiguration.class})
public class GettingStartedApplication {

    @Bean
    Products products() {
        return new Products();
    }

    @Bean
    SecurityFilterChain everyoneMayTry(HttpSecurity http) {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .httpBasic(Customizer.withDefaults())
                .csrf(AbstractHttpConfigurer::disable)
                .build();
    }
}
