package io.graphqlfiles.internal.schema;

import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLNamedOutputType;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLOutputType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.GraphQLUnionType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds where, in what a field returns, the record is that its files belong to: where {@code owner} says, or it is the
 * result itself, or the only such field of it.
 */
final class OwnerPaths {

    private final GraphQLSchema schema;
    private final Map<String, String> declared;

    /** @param declared coordinates of inputs to what they say of the place of the record */
    OwnerPaths(GraphQLSchema schema, Map<String, String> declared) {
        this.schema = schema;
        this.declared = declared;
    }

    /**
     * The way to the record.
     *
     * @param field coordinate of the field that takes the files
     * @param input coordinate of the input
     * @param listDepth in how many lists of input objects the input stands: records in a list go with inputs in a list
     * @return null after a mistake
     */
    @Nullable
    OwnerPath find(
            String field,
            GraphQLOutputType result,
            AttachedField target,
            String input,
            int listDepth,
            List<String> problems) {
        String intro = field + ": takes files for " + target + " in " + input + ", ";
        if (listDepth > 1) {
            problems.add(intro + "in a list inside a list, so that it cannot be told whose they are; "
                    + "take one list, or say attached: false at " + target);
            return null;
        }
        boolean isList = listDepth == 1;
        String wanted = isList ? "[" + target.ownerType() + "]" : target.ownerType();
        String path = declared.get(input);
        // An input may be shared by a mutation that returns a payload and one that returns the record itself.
        boolean isOfOthers = path != null && ResultWay.follow(result, path.split("\\.", -1)[0]) == null;
        if (holds(result, target.ownerType(), isList) && (path == null || isOfOthers)) {
            return to(new ResultWay(List.of(), result), target.ownerType(), isList);
        }
        if (path != null) {
            ResultWay way = ResultWay.follow(result, path);
            if (way == null || !holds(way.type(), target.ownerType(), isList)) {
                problems.add(intro + "whose owner: expected a way to a field of type " + wanted + " in " + print(result)
                        + ", found \"" + path + "\"");
                return null;
            }
            return to(way, target.ownerType(), isList);
        }
        List<ResultWay> candidates = candidates(result, target.ownerType(), isList);
        if (candidates.size() == 1) {
            return to(candidates.get(0), target.ownerType(), isList);
        }
        problems.add(intro + "but returns " + print(result) + ", which "
                + (candidates.isEmpty()
                        ? "is no " + wanted + " and has no field of that type"
                        : "has "
                                + candidates.stream()
                                        .flatMap(way -> way.properties().stream())
                                        .toList())
                + "; return the " + wanted + ", or say where it is with @file(field: \"" + target
                + "\", owner: \"...\"), or say attached: false at " + target);
        return null;
    }

    /** Fields of the type itself; without any, those of a union or an interface that it may be of. */
    private List<ResultWay> candidates(GraphQLType result, String ownerType, boolean isList) {
        if (!(GraphQLTypeUtil.unwrapNonNull(result) instanceof GraphQLObjectType payload)) {
            return List.of();
        }
        List<ResultWay> exact = ResultWay.fields(payload, ownerType, isList);
        return exact.isEmpty() ? ResultWay.fields(payload, type -> holds(type, ownerType, isList)) : exact;
    }

    private static OwnerPath to(ResultWay way, String ownerType, boolean isList) {
        GraphQLNamedType type = GraphQLTypeUtil.unwrapAll(way.type());
        return new OwnerPath(
                ownerType,
                way.properties(),
                isList,
                type instanceof GraphQLObjectType ? null : (GraphQLNamedOutputType) type);
    }

    /** Whether what is of this type may be a record, or in a list of such. */
    private boolean holds(GraphQLType type, String ownerType, boolean isList) {
        GraphQLNamedType bare = GraphQLTypeUtil.unwrapAll(type);
        List<? extends GraphQLNamedType> members = bare instanceof GraphQLUnionType union
                ? union.getTypes()
                : bare instanceof GraphQLInterfaceType shared ? schema.getImplementations(shared) : List.of(bare);
        return ResultWay.is(type, bare.getName(), isList)
                && members.stream().anyMatch(member -> member.getName().equals(ownerType));
    }

    private static String print(GraphQLType type) {
        return GraphQLTypeUtil.simplePrint(type);
    }
}
