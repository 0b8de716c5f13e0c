package io.graphqlfiles.compatibility.federation;

import io.graphqlfiles.FileAuthorizer;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.graphql.autoconfigure.GraphQlSourceBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.graphql.data.federation.FederationSchemaFactory;

/** Starts a subgraph of books with covers. */
@SpringBootApplication
public class SubgraphApplication {

    /** Takes Spring's usual arguments, and needs {@code --graphql.files.secret}. */
    public static void main(String[] args) {
        SpringApplication.run(SubgraphApplication.class, args);
    }

    // tag::federation
    @Bean
    FederationSchemaFactory federation() {
        return new FederationSchemaFactory();
    }

    @Bean
    GraphQlSourceBuilderCustomizer federated(FederationSchemaFactory federation) {
        return builder -> builder.schemaFactory(federation::createGraphQLSchema);
    }
    // end::federation

    @Bean
    FileAuthorizer fileAuthorizer() {
        return access -> true;
    }
}
