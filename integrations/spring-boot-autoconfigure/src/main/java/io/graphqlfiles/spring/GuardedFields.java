package io.graphqlfiles.spring;

import graphql.schema.DataFetcher;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import java.util.HashSet;
import java.util.Set;

/** Puts a guard before the data fetchers whose arguments can hold files, and leaves all others as they are. */
final class GuardedFields {

    private static final String FILE_INPUT = "StoredFileInput";

    private GuardedFields() {}

    /** @param schema one that file fields have been applied to: the guard is to stand before what reads the files */
    static GraphQLSchema of(GraphQLSchema schema, FieldGuard guard) {
        GraphQLCodeRegistry code = schema.getCodeRegistry();
        GraphQLCodeRegistry guarded = code.transform(changed -> {
            for (GraphQLType type : schema.getAllTypesAsList()) {
                if (type instanceof GraphQLObjectType object) {
                    for (GraphQLFieldDefinition field : object.getFieldDefinitions()) {
                        if (takesFiles(field)) {
                            FieldCoordinates coordinates = FieldCoordinates.coordinates(object, field);
                            changed.dataFetcher(coordinates, guarded(code.getDataFetcher(coordinates, field), guard));
                        }
                    }
                }
            }
        });
        return schema.transformWithoutTypes(changed -> changed.codeRegistry(guarded));
    }

    private static DataFetcher<?> guarded(DataFetcher<?> fetcher, FieldGuard guard) {
        return environment -> {
            guard.require(environment);
            return fetcher.get(environment);
        };
    }

    private static boolean takesFiles(GraphQLFieldDefinition field) {
        Set<String> seen = new HashSet<>();
        for (GraphQLArgument argument : field.getArguments()) {
            if (holdsFiles(argument.getType(), seen)) {
                return true;
            }
        }
        return false;
    }

    private static boolean holdsFiles(GraphQLType type, Set<String> seen) {
        if (!(GraphQLTypeUtil.unwrapAll(type) instanceof GraphQLInputObjectType input) || !seen.add(input.getName())) {
            return false;
        }
        if (input.getName().equals(FILE_INPUT)) {
            return true;
        }
        for (GraphQLInputObjectField field : input.getFieldDefinitions()) {
            if (holdsFiles(field.getType(), seen)) {
                return true;
            }
        }
        return false;
    }
}
