package io.graphqlfiles.compatibility.spring;

import io.graphqlfiles.FileAuthorizer;
import io.graphqlfiles.compatibility.Documents;
import io.graphqlfiles.compatibility.Shelf;
import io.graphqlfiles.testkit.GraphQLServerContract;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.graphql.execution.BatchLoaderRegistry;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import reactor.core.publisher.Mono;

/** What both web stacks need. */
@Configuration(proxyBeanMethods = false)
class CommonBeans {

    CommonBeans(BatchLoaderRegistry loaders) {
        loaders.<String, Shelf>forName("shelves")
                .registerMappedBatchLoader((names, environment) -> Mono.just(Shelf.load(names)));
    }

    @Bean
    static PersistedQueries persistedQueries() {
        return new PersistedQueries();
    }

    @Bean
    Documents documents() {
        return new Documents();
    }

    @Bean
    FileAuthorizer authorizer() {
        return access -> true;
    }

    static UserDetails user() {
        return User.withUsername(GraphQLServerContract.USER)
                .password("{noop}" + GraphQLServerContract.PASSWORD)
                .build();
    }
}
