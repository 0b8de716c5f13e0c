package io.graphqlfiles;

import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The library's types as objects, made from the same SDL that everyone else gets. */
final class CodeFirstTypes {

    private static final List<String> TYPES = List.of(
            "FileVisibility",
            "FileSourceType",
            FileTypeNames.UPLOAD,
            FileTypeNames.URL,
            FileTypeNames.LONG,
            FileTypeNames.DATE_TIME,
            FileTypeNames.STORED_FILE_INPUT,
            FileTypeNames.STORED_FILE);

    private final GraphQLSchema schema;

    CodeFirstTypes(RuntimeWiring.Builder scalars) {
        String sdl = TypeDefinitions.text(true)
                + "type Query { file: StoredFile }\ntype Mutation { file(file: StoredFileInput): StoredFile }";
        this.schema = new SchemaGenerator()
                .makeExecutableSchema(
                        SchemaGenerator.Options.defaultOptions(), new SchemaParser().parse(sdl), scalars.build());
    }

    Set<GraphQLType> types() {
        Set<GraphQLType> types = new LinkedHashSet<>();
        TYPES.forEach(name -> types.add(schema.getType(name)));
        return types;
    }
}
