package io.graphqlfiles.example;

import io.graphqlfiles.FileAccess;
import io.graphqlfiles.FileAuthorizer;
import io.graphqlfiles.engine.GraphQLFiles;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Guests read, signed-in users create, and only the owner of a product changes it and sees its private files. What may
 * be done to products stands at {@link ProductController}, by annotations that this profile switches on.
 */
@Configuration(proxyBeanMethods = false)
@Profile("secured")
@EnableMethodSecurity
@EnableConfigurationProperties(SecuredProfile.Accounts.class)
class SecuredProfile {

    /**
     * Who can sign in.
     *
     * @param users Each as "name:password".
     */
    @ConfigurationProperties("catalogue")
    record Accounts(@DefaultValue List<String> users) {}

    /**
     * Everyone may send requests; what they may do is decided where it is done. The pages of other sites cannot use the
     * session of a signed-in user: GraphQL takes JSON, which browsers do not send to other sites unasked, or multipart
     * requests with a header of which the same is true. The URLs of files carry their permission themselves.
     */
    @Bean
    SecurityFilterChain everyRequest(HttpSecurity http, GraphQLFiles files) throws Exception {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .csrf(csrf ->
                        csrf.ignoringRequestMatchers("/graphql", files.server().basePath() + "/**"))
                .formLogin(form -> form.defaultSuccessUrl("/", true))
                .logout(logout -> logout.logoutSuccessUrl("/"))
                .httpBasic(Customizer.withDefaults())
                .build();
    }

    @Bean
    UserDetailsService users(Accounts accounts) {
        return new InMemoryUserDetailsManager(
                accounts.users().stream().map(SecuredProfile::user).toList());
    }

    private static UserDetails user(String account) {
        int colon = account.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("catalogue.users: expected name:password");
        }
        return User.withUsername(account.substring(0, colon))
                .password("{noop}" + account.substring(colon + 1))
                .build();
    }

    @Bean
    FileAuthorizer fileAuthorizer(Owners owners) {
        return access -> access.action() == FileAccess.Action.READ
                ? owners.mayRead(Objects.requireNonNull(access.fileId()))
                : owners.mayCreate();
    }

    @Bean
    PrivateFiles privateFiles(GraphQLFiles files, Owners owners) {
        return new PrivateFiles(files, owners);
    }
}
