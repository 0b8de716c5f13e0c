package io.graphqlfiles.spring;

import graphql.GraphQL;
import io.graphqlfiles.engine.GraphQLFiles;
import org.springframework.graphql.execution.GraphQlSource;

/**
 * Brings {@code @file} into the application's schema: the type definitions and scalars that it does not declare itself,
 * and the wrappers around its data fetchers.
 *
 * <p>The wrappers must stand outside Spring's own decorator, which is why they are put on through
 * {@code configureGraphQl} and not by a type visitor or directive wiring. Inside it they would see a {@code Mono} where
 * a result or an error is meant: every exception that a controller advice handles and every denied access would come
 * back as data, and nothing would be cleaned up.
 */
final class FileSchemaCustomizer {

    private final GraphQLFiles files;

    FileSchemaCustomizer(GraphQLFiles files) {
        this.files = files;
    }

    void customize(GraphQlSource.SchemaResourceBuilder builder) {
        SchemaAdditions additions = new SchemaAdditions(files);
        builder.configureTypeDefinitions(additions::addTypes)
                .configureRuntimeWiring(additions::addScalars)
                .configureRuntimeWiring(additions::announceFields)
                .configureGraphQl(this::wrapDataFetchers);
    }

    private void wrapDataFetchers(GraphQL.Builder graphQl) {
        graphQl.schema(files.apply(graphQl.build().getGraphQLSchema()));
    }
}
