package io.graphqlfiles.internal.owner;

import graphql.schema.GraphQLType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a result says whether the field has done what it was asked for.
 *
 * @param isNegated whether true there means false: errors, for example
 */
public record ResultCondition(ResultPath said, boolean isNegated) {

    private static final String NOT = "!";

    /**
     * Reads what a schema says.
     *
     * @param text names of fields, joined by dots, perhaps after an exclamation mark
     * @return null if there is no such path in the result
     */
    public static @Nullable ResultCondition parse(GraphQLType result, String text) {
        boolean isNegated = text.startsWith(NOT);
        ResultPath way = ResultPath.follow(result, isNegated ? text.substring(NOT.length()) : text);
        return way == null ? null : new ResultCondition(way, isNegated);
    }

    public boolean holds(ResultValues result) throws Exception {
        return isYes(result.find(said)) != isNegated;
    }

    /** Null, false, 0, an empty text and an empty list count as false. */
    static boolean isYes(@Nullable Object value) {
        if (value == null || value.equals(false) || (value instanceof Number count && count.doubleValue() == 0)) {
            return false;
        }
        List<@Nullable Object> elements = ObjectProperty.elements(value);
        return elements != null ? !elements.isEmpty() : !(value instanceof CharSequence text) || !text.isEmpty();
    }
}
