package io.graphqlfiles.internal.owner;

import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A way through the arguments of a field, as the schema has them: into input objects, and lists of them.
 *
 * @param names of the argument, and of input fields
 * @param listDepths for each name, in how many lists its values are
 * @param type of what is at the end, without lists
 */
public record ArgumentPath(List<String> names, List<Integer> listDepths, GraphQLType type) {

    /**
     * The way to a value.
     *
     * @param path the names, joined by dots
     * @return null if there is no such path
     */
    public static @Nullable ArgumentPath follow(GraphQLFieldDefinition field, String path) {
        List<String> names = List.of(path.split("\\.", -1));
        GraphQLArgument argument = field.getArgument(names.get(0));
        if (argument == null) {
            return null;
        }
        GraphQLType type = argument.getType();
        List<Integer> listDepths = new ArrayList<>(List.of(listDepth(type)));
        for (String name : names.subList(1, names.size())) {
            GraphQLInputObjectField next = GraphQLTypeUtil.unwrapAll(type) instanceof GraphQLInputObjectType input
                    ? input.getFieldDefinition(name)
                    : null;
            if (next == null) {
                return null;
            }
            type = next.getType();
            listDepths.add(listDepth(type));
        }
        return new ArgumentPath(names, List.copyOf(listDepths), GraphQLTypeUtil.unwrapAll(type));
    }

    /** In how many lists a value of a type is. */
    public static int listDepth(GraphQLType type) {
        GraphQLType bare = GraphQLTypeUtil.unwrapNonNull(type);
        return GraphQLTypeUtil.isList(bare) ? 1 + listDepth(GraphQLTypeUtil.unwrapOne(bare)) : 0;
    }

    public String path() {
        return String.join(".", names);
    }

    /** Whether there may be several values at its end. */
    public boolean isList() {
        return listDepth() > 0;
    }

    /**
     * Whether there is one value at its end for each value at the end of another way: both go through the same lists.
     *
     * @param other names of an argument, and of input fields
     * @param otherListDepth in how many lists its values are
     */
    public boolean isPairedWith(List<String> other, int otherListDepth) {
        int common = 0;
        while (common < names.size()
                && common < other.size()
                && names.get(common).equals(other.get(common))) {
            common++;
        }
        return listDepth() == otherListDepth
                && listDepths.subList(common, listDepths.size()).stream().allMatch(depth -> depth == 0);
    }

    private int listDepth() {
        return listDepths.stream().mapToInt(Integer::intValue).sum();
    }

    /** All values at its end, in their order, without null. */
    List<Object> values(Map<String, Object> arguments) {
        List<Object> values = new ArrayList<>();
        collect(arguments, 0, values);
        return values;
    }

    private void collect(@Nullable Object value, int passed, List<Object> values) {
        if (value instanceof Collection<?> list) {
            list.forEach(each -> collect(each, passed, values));
        } else if (passed == names.size() && value != null) {
            values.add(value);
        } else if (value instanceof Map<?, ?> map) {
            collect(map.get(names.get(passed)), passed + 1, values);
        }
    }

    /**
     * The value that goes with another one.
     *
     * @param place where that is in the arguments: names, and indices in lists, of a way that this is
     *     {@linkplain #isPairedWith paired with}
     * @return null if there is none
     */
    @Nullable
    Object valueBeside(List<Object> place, Map<String, Object> arguments) {
        Object value = arguments;
        int passed = 0;
        for (String name : names) {
            value = value instanceof Map<?, ?> map ? map.get(name) : null;
            boolean isTogether = passed < place.size() && place.get(passed).equals(name);
            passed += isTogether ? 1 : place.size();
            while (passed < place.size()
                    && place.get(passed) instanceof Integer index
                    && value instanceof List<?> list) {
                value = list.get(index);
                passed++;
            }
        }
        return value;
    }
}
