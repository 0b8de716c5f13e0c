package io.graphqlfiles.internal.schema;

import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A way through the objects that a field returns, as the schema has them.
 *
 * @param properties one after the other; empty for the result itself
 * @param type of what is at its end
 */
record ResultWay(List<ObjectProperty> properties, GraphQLType type) {

    /**
     * The way along fields.
     *
     * @param path their names, joined by dots
     * @return null if there is no such way
     */
    static @Nullable ResultWay follow(GraphQLType result, String path) {
        List<ObjectProperty> properties = new ArrayList<>();
        GraphQLType type = result;
        for (String name : path.split("\\.", -1)) {
            GraphQLFieldDefinition next = GraphQLTypeUtil.unwrapNonNull(type) instanceof GraphQLObjectType object
                    ? object.getFieldDefinition(name)
                    : null;
            if (next == null) {
                return null;
            }
            properties.add(new ObjectProperty((GraphQLObjectType) GraphQLTypeUtil.unwrapNonNull(type), next));
            type = next.getType();
        }
        return new ResultWay(properties, type);
    }

    /** The way to the only field of a record type in a payload; no step if the result is none, or has several. */
    static ResultWay toTheOnly(String recordType, GraphQLType result) {
        List<ResultWay> ways = GraphQLTypeUtil.unwrapNonNull(result) instanceof GraphQLObjectType payload
                        && !payload.getName().equals(recordType)
                ? fields(payload, recordType, false)
                : List.of();
        return ways.size() == 1 ? ways.get(0) : new ResultWay(List.of(), result);
    }

    /** The ways to the fields of an object that have a record, or a list of them. */
    static List<ResultWay> fields(GraphQLObjectType object, String recordType, boolean isList) {
        return fields(object, type -> is(type, recordType, isList));
    }

    static List<ResultWay> fields(GraphQLObjectType object, Predicate<GraphQLType> isWanted) {
        return object.getFieldDefinitions().stream()
                .filter(field -> isWanted.test(field.getType()))
                .map(field -> new ResultWay(List.of(new ObjectProperty(object, field)), field.getType()))
                .toList();
    }

    static boolean is(GraphQLType type, String recordType, boolean isList) {
        GraphQLType bare = GraphQLTypeUtil.unwrapNonNull(type);
        if (isList) {
            return GraphQLTypeUtil.isList(bare) && is(GraphQLTypeUtil.unwrapOne(bare), recordType, false);
        }
        return bare instanceof GraphQLNamedType named && named.getName().equals(recordType);
    }
}
