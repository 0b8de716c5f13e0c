package io.graphqlfiles.spring;

import graphql.GraphQL;
import graphql.execution.instrumentation.ChainedInstrumentation;
import graphql.execution.instrumentation.Instrumentation;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import io.graphqlfiles.engine.GraphQLFiles;
import org.springframework.graphql.execution.GraphQlSource;

/**
 * Brings {@code @file} into the application's schema: the type definitions and scalars that it does not declare itself,
 * the wrappers around its data fetchers, and what each execution needs.
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
                .configureGraphQl(this::configure);
    }

    private void configure(GraphQL.Builder graphQl) {
        GraphQL plain = graphQl.build();
        graphQl.schema(files.apply(plain.getGraphQLSchema())).instrumentation(instrumentation(plain));
    }

    /** As a bean it would be in a chain, which costs each field something, also where there is no other. */
    private Instrumentation instrumentation(GraphQL plain) {
        Instrumentation others = plain.getInstrumentation();
        return others == SimplePerformantInstrumentation.INSTANCE
                ? files.instrumentation()
                : new ChainedInstrumentation(files.instrumentation(), others);
    }
}
