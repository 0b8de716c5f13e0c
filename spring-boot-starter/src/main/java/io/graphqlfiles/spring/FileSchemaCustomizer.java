package io.graphqlfiles.spring;

import graphql.GraphQL;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.TypeDefinitionRegistry;
import io.graphqlfiles.GraphQLFiles;
import java.util.Set;
import org.springframework.boot.graphql.autoconfigure.GraphQlSourceBuilderCustomizer;
import org.springframework.graphql.execution.GraphQlSource;

/**
 * Brings {@code @file} into the application's schema: the type definitions and scalars that it does not declare itself, and the
 * wrappers around its data fetchers.
 *
 * <p>The wrappers must stand outside Spring's own decorator, which is why they are put on through {@code configureGraphQl} and not by
 * a type visitor or directive wiring. Inside it they would see a {@code Mono} where a result or an error is meant: every
 * exception that a controller advice handles and every denied access would come back as data, and nothing would be cleaned up.
 */
final class FileSchemaCustomizer implements GraphQlSourceBuilderCustomizer {

    private final GraphQLFiles files;

    FileSchemaCustomizer(GraphQLFiles files) {
        this.files = files;
    }

    @Override
    public void customize(GraphQlSource.SchemaResourceBuilder builder) {
        builder.configureTypeDefinitions(this::addMissingTypes)
                .configureRuntimeWiring(this::addMissingScalars)
                .configureGraphQl(this::wrapDataFetchers);
    }

    private void addMissingTypes(TypeDefinitionRegistry registry) {
        files.addTypeDefinitions(registry);
    }

    /** Spring calls this after the application's own configurers. */
    private void addMissingScalars(RuntimeWiring.Builder wiring) {
        Set<String> present = wiring.build().getScalars().keySet();
        files.addScalars(RuntimeWiring.newRuntimeWiring()).build().getScalars().values().stream()
                .filter(scalar -> !present.contains(scalar.getName()))
                .forEach(wiring::scalar);
    }

    private void wrapDataFetchers(GraphQL.Builder graphQl) {
        graphQl.schema(files.apply(graphQl.build().getGraphQLSchema()));
    }
}
