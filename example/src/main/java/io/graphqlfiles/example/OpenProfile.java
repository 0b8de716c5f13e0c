package io.graphqlfiles.example;

import io.graphqlfiles.FileAuthorizer;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;

/** Without the profile {@code secured} whoever reaches this server may do everything. */
@Configuration(proxyBeanMethods = false)
@Profile("!secured")
class OpenProfile {

    @Bean
    FileAuthorizer fileAuthorizer() {
        // A real application looks at who is asking, and for which field or file: see SecuredProfile.
        return access -> true;
    }

    /** Spring Security is there and does nothing. */
    @Bean
    SecurityFilterChain noRequest() {
        return new DefaultSecurityFilterChain(request -> false, List.of());
    }

    @Bean
    UserDetailsService nobody() {
        return new InMemoryUserDetailsManager();
    }
}
