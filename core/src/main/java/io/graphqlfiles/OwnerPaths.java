package io.graphqlfiles;

import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLOutputType;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds where, in what a field returns, the record is that its files belong to: where {@code owner} says, or it is the
 * result itself, or the only such field of it.
 */
final class OwnerPaths {

    private final Map<String, String> declared;

    /** @param declared coordinates of inputs to what they say of the place of the record */
    OwnerPaths(Map<String, String> declared) {
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
        if (ResultWay.is(result, target.ownerType(), isList) && (path == null || isOfOthers)) {
            return new OwnerPath(target.ownerType(), List.of(), isList);
        }
        if (path != null) {
            ResultWay way = ResultWay.follow(result, path);
            if (way == null || !ResultWay.is(way.type(), target.ownerType(), isList)) {
                problems.add(intro + "whose owner: expected a way to a field of type " + wanted + " in " + print(result)
                        + ", found \"" + path + "\"");
                return null;
            }
            return new OwnerPath(target.ownerType(), way.properties(), isList);
        }
        List<ResultWay> candidates = candidates(result, target.ownerType(), isList);
        if (candidates.size() == 1) {
            return new OwnerPath(target.ownerType(), candidates.get(0).properties(), isList);
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

    private static List<ResultWay> candidates(GraphQLType result, String ownerType, boolean isList) {
        return GraphQLTypeUtil.unwrapNonNull(result) instanceof GraphQLObjectType payload
                ? ResultWay.fields(payload, ownerType, isList)
                : List.of();
    }

    private static String print(GraphQLType type) {
        return GraphQLTypeUtil.simplePrint(type);
    }
}
