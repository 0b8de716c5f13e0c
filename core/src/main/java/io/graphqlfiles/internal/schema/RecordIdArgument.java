package io.graphqlfiles.internal.schema;

import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import io.graphqlfiles.internal.owner.ArgumentWay;
import io.graphqlfiles.internal.owner.AttachedField;
import io.graphqlfiles.internal.types.FileTypeNames;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the argument that directives name as the one with the id of a record. */
final class RecordIdArgument {

    private static final Set<String> NO_IDS = Set.of("Boolean", "Float", FileTypeNames.UPLOAD);

    private RecordIdArgument() {}

    /**
     * The way to the id, or to the ids.
     *
     * @param path what the schema says
     * @param record an attached field of the type of the record
     * @param intro of what is wrong
     * @return null after a mistake
     */
    static @Nullable ArgumentWay find(
            GraphQLSchema schema,
            GraphQLFieldDefinition field,
            String path,
            AttachedField record,
            String intro,
            List<String> problems) {
        ArgumentWay way = ArgumentWay.follow(field, path);
        if (way == null) {
            problems.add(
                    intro + "expected id: to name an argument, or with dots a field of one, found \"" + path + "\"");
            return null;
        }
        if (!canBeId(way.type())) {
            problems.add(intro + "expected id: to name an argument with an id, found \"" + path
                    + "\", which is of type " + ((GraphQLNamedType) way.type()).getName());
            return null;
        }
        String last = way.names().get(way.names().size() - 1);
        GraphQLObjectType owner = schema.getObjectType(record.ownerType());
        if (record.idField() != null && !last.equals(record.idField()) && owner.getFieldDefinition(last) != null) {
            problems.add(intro + "expected id: to name an argument with the " + record.idField() + " of the "
                    + record.ownerType() + ", found \"" + path + "\", which is another field of it");
            return null;
        }
        return way;
    }

    /** Whether values of a type may be ids. */
    static boolean canBeId(GraphQLType type) {
        return type instanceof GraphQLEnumType
                || (type instanceof GraphQLScalarType scalar && !NO_IDS.contains(scalar.getName()));
    }
}
