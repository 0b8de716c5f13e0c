package io.graphqlfiles.compatibility.smallrye;

import graphql.GraphQL;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.SchemaPrinter;
import graphql.schema.idl.TypeDefinitionRegistry;
import io.graphqlfiles.engine.GraphQLFiles;
import io.smallrye.graphql.spi.EventingService;
import java.util.List;
import java.util.Set;

/**
 * Brings file fields into the schema that SmallRye has made, at the one place where it lets others have it: just before
 * it is executed. SmallRye makes types of {@link io.graphqlfiles.StoredFile} by its own rules; the library's take their
 * place in its SDL, and the data fetchers move to the schema that is built from that.
 */
public final class FileFieldsService implements EventingService {

    private static final List<String> REPLACED = List.of("StoredFile", "StoredFileInput");
    private static final Set<String> OWN_SCALARS = Set.of("Upload", "URL", "Long", "DateTime");

    private static volatile GraphQLFiles files;

    static void use(GraphQLFiles used) {
        files = used;
    }

    /** Null: always on. */
    @Override
    public String getConfigKey() {
        return null;
    }

    @Override
    public GraphQL.Builder beforeGraphQLBuild(GraphQL.Builder builder) {
        GraphQLSchema schema = builder.build().getGraphQLSchema();
        return builder.schema(files.apply(withTypes(schema)));
    }

    private static GraphQLSchema withTypes(GraphQLSchema schema) {
        SchemaPrinter.Options options = SchemaPrinter.Options.defaultOptions().includeScalarTypes(true);
        TypeDefinitionRegistry types =
                new SchemaParser().parse(new SchemaPrinter(options.includeDirectives(false)).print(schema));
        REPLACED.forEach(name -> types.getType(name).ifPresent(types::remove));
        RuntimeWiring.Builder wiring = RuntimeWiring.newRuntimeWiring()
                .codeRegistry(GraphQLCodeRegistry.newCodeRegistry(schema.getCodeRegistry()));
        for (GraphQLNamedType type : schema.getAllTypesAsList()) {
            if (type instanceof GraphQLScalarType scalar && !OWN_SCALARS.contains(scalar.getName())) {
                wiring.scalar(scalar);
            }
        }
        return new SchemaGenerator()
                .makeExecutableSchema(
                        files.addTypeDefinitions(types),
                        files.addScalars(wiring).build());
    }
}
