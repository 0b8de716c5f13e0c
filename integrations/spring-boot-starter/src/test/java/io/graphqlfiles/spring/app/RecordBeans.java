package io.graphqlfiles.spring.app;

import io.graphqlfiles.FileAuthorizer;
import io.graphqlfiles.FileException;
import io.graphqlfiles.FileValidator;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spring.GraphQLFilesBuilderCustomizer;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import io.graphqlfiles.testkit.MovableClock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.SecurityFilterChain;

/** What the application adds to the starter: a store that can be looked into, a say in who and what, a clock. */
@Configuration(proxyBeanMethods = false)
public class RecordBeans {

    @Bean
    @Primary
    InMemoryBlobStore memory() {
        return new InMemoryBlobStore();
    }

    @Bean
    BlobStore broken() {
        return new BrokenStore();
    }

    @Bean
    MovableClock clock() {
        return MovableClock.at(Instant.now().truncatedTo(ChronoUnit.HOURS));
    }

    @Bean
    GraphQLFilesBuilderCustomizer movableClock(MovableClock clock) {
        return builder -> builder.clock(clock);
    }

    @Bean
    FileAuthorizer fileAuthorizer() {
        return access -> !"forbidden.png".equals(access.fileName());
    }

    @Bean
    FileValidator fileValidator() {
        return file -> {
            if (file.fileName().startsWith("infected")) {
                throw FileException.invalid("This file is infected.");
            }
        };
    }

    @Bean
    SecurityFilterChain everyoneMayTry(HttpSecurity http) {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .csrf(AbstractHttpConfigurer::disable)
                .build();
    }
}
