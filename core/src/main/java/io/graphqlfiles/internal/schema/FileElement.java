package io.graphqlfiles.internal.schema;

import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLDirectiveContainer;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import io.graphqlfiles.internal.types.FileTypeNames;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place in the schema that may carry {@code @file}.
 *
 * @param owner the object type whose field it is; null for inputs and fields of interfaces
 */
record FileElement(
        String coordinate,
        GraphQLDirectiveContainer container,
        GraphQLType type,
        boolean isInput,
        @Nullable GraphQLObjectType owner) {

    boolean isList() {
        return GraphQLTypeUtil.isList(GraphQLTypeUtil.unwrapNonNull(type));
    }

    String typeName() {
        return GraphQLTypeUtil.unwrapAll(type).getName();
    }

    /** Whether its type is one for files. */
    boolean isForFiles() {
        return isInput
                ? typeName().equals(FileTypeNames.STORED_FILE_INPUT) || isListEdit()
                : typeName().equals(FileTypeNames.STORED_FILE);
    }

    /** Whether its type is the one that edits lists. */
    boolean isListEdit() {
        return typeName().equals(FileTypeNames.STORED_FILE_LIST_INPUT);
    }

    /** All output fields, input fields and arguments of a schema, in its order. */
    static List<FileElement> allOf(GraphQLSchema schema) {
        List<FileElement> all = new ArrayList<>();
        for (GraphQLNamedType type : schema.getAllTypesAsList()) {
            if (type.getName().startsWith("__")) {
                continue;
            }
            if (type instanceof GraphQLFieldsContainer container) {
                container.getFieldDefinitions().forEach(field -> add(container, field, all));
            } else if (type instanceof GraphQLInputObjectType input
                    // Its parts follow the rules of the field whose list is edited.
                    && !type.getName().equals(FileTypeNames.STORED_FILE_LIST_INPUT)) {
                for (GraphQLInputObjectField field : input.getFieldDefinitions()) {
                    all.add(new FileElement(
                            type.getName() + "." + field.getName(), field, field.getType(), true, null));
                }
            }
        }
        return all;
    }

    private static void add(GraphQLFieldsContainer type, GraphQLFieldDefinition field, List<FileElement> all) {
        String coordinate = type.getName() + "." + field.getName();
        all.add(new FileElement(
                coordinate, field, field.getType(), false, type instanceof GraphQLObjectType object ? object : null));
        for (GraphQLArgument argument : field.getArguments()) {
            all.add(new FileElement(
                    coordinate + "(" + argument.getName() + ":)", argument, argument.getType(), true, null));
        }
    }
}
