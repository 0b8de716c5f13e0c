package io.graphqlfiles.internal.owner;

import graphql.execution.DataFetcherResult;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A way through the objects, and the lists of objects, that a field returns, as the schema has them.
 *
 * @param steps one after the other; empty for the result itself
 * @param type of what is at its end
 */
public record ResultPath(List<Step> steps, GraphQLType type) {

    /** From an object to what a field of it has, or from a list into one of its elements. */
    sealed interface Step {}

    /** To what a field of an object has. */
    record Property(ObjectProperty property) implements Step {}

    /** Into an element of a list; which one, whoever goes the way must know. */
    enum Element implements Step {
        OF_LIST
    }

    /** To the result itself. */
    public static ResultPath toResult(GraphQLType result) {
        return new ResultPath(List.of(), result);
    }

    /**
     * The way along fields of objects, none of which is in a list.
     *
     * @param path their names, joined by dots
     * @return null if there is no such path
     */
    static @Nullable ResultPath follow(GraphQLType result, String path) {
        ResultPath way = toResult(result);
        for (String name : path.split("\\.", -1)) {
            way = way.along(name);
            if (way == null) {
                return null;
            }
        }
        return way;
    }

    /**
     * The way along fields of objects and through every list on it, the last too.
     *
     * @param path their names, joined by dots
     * @return null if there is no such path
     */
    public static @Nullable ResultPath followThroughLists(GraphQLType result, String path) {
        ResultPath way = toResult(result).throughLists();
        for (String name : path.split("\\.", -1)) {
            ResultPath next = way.along(name);
            if (next == null) {
                return null;
            }
            way = next.throughLists();
        }
        return way;
    }

    /**
     * The way to the only field of a record type in a payload; to the result itself if it is none, or has several.
     *
     * @param isList whether to a list of records
     */
    public static ResultPath toTheOnly(String recordType, GraphQLType result, boolean isList) {
        if (!(GraphQLTypeUtil.unwrapNonNull(result) instanceof GraphQLObjectType payload)
                || payload.getName().equals(recordType)) {
            return toResult(result);
        }
        List<ResultPath> ways = toResult(result).alongEach(payload).stream()
                .filter(way -> is(way.type(), recordType, isList ? 1 : 0))
                .toList();
        return ways.size() == 1 ? ways.get(0) : toResult(result);
    }

    /** One step on, to a field; null if there is none. */
    @Nullable
    ResultPath along(String name) {
        GraphQLFieldDefinition field = GraphQLTypeUtil.unwrapNonNull(type) instanceof GraphQLObjectType object
                ? object.getFieldDefinition(name)
                : null;
        return field == null ? null : along((GraphQLObjectType) GraphQLTypeUtil.unwrapNonNull(type), field);
    }

    /** One step on, to each field of the object that this leads to. */
    public List<ResultPath> alongEach(GraphQLObjectType object) {
        return object.getFieldDefinitions().stream()
                .map(field -> along(object, field))
                .toList();
    }

    private ResultPath along(GraphQLObjectType object, GraphQLFieldDefinition field) {
        return to(new Property(new ObjectProperty(object, field)), field.getType());
    }

    /** One step on, into the list that this leads to. */
    public ResultPath intoList() {
        return to(Element.OF_LIST, GraphQLTypeUtil.unwrapOne(GraphQLTypeUtil.unwrapNonNull(type)));
    }

    /** On through all lists. */
    public ResultPath throughLists() {
        return GraphQLTypeUtil.isList(GraphQLTypeUtil.unwrapNonNull(type))
                ? intoList().throughLists()
                : this;
    }

    private ResultPath to(Step step, GraphQLType next) {
        List<Step> all = new ArrayList<>(steps);
        all.add(step);
        return new ResultPath(List.copyOf(all), next);
    }

    /** Through how many lists it goes. */
    public int listDepth() {
        return (int) steps.stream().filter(Element.class::isInstance).count();
    }

    /** Along how many fields it goes. */
    public int fieldCount() {
        return steps.size() - listDepth();
    }

    /** The names of the fields, joined by dots. */
    public String path() {
        return steps.stream()
                .filter(Property.class::isInstance)
                .map(step -> ((Property) step).property().field().getName())
                .collect(Collectors.joining("."));
    }

    /** Whether a type is this one, in so many lists. */
    static boolean is(GraphQLType type, String name, int listDepth) {
        GraphQLType bare = GraphQLTypeUtil.unwrapNonNull(type);
        if (listDepth > 0) {
            return GraphQLTypeUtil.isList(bare) && is(GraphQLTypeUtil.unwrapOne(bare), name, listDepth - 1);
        }
        return bare instanceof GraphQLNamedType named && named.getName().equals(name);
    }

    /** What a data fetcher has returned, without what it is wrapped in. */
    public static @Nullable Object data(@Nullable Object result) {
        Object data = result instanceof DataFetcherResult<?> wrapped ? wrapped.getData() : result;
        return ObjectProperty.unwrap(data);
    }
}
