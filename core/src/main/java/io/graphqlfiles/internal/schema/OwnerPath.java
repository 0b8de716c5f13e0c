package io.graphqlfiles.internal.schema;

import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLNamedOutputType;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The way from what a data fetcher returns to the record, or the list of records, that its files belong to.
 *
 * @param properties of the objects on the way; empty if the result itself is what is sought
 * @param oneOf the union or the interface that the record may be of: what is of another type is no record, and says
 *     why; null if the type is that of the record
 */
public record OwnerPath(
        String ownerType,
        List<ObjectProperty> properties,
        boolean isList,
        @Nullable GraphQLNamedOutputType oneOf) {

    /** To what is always a record, or nothing. */
    OwnerPath(String ownerType, List<ObjectProperty> properties, boolean isList) {
        this(ownerType, properties, isList, null);
    }

    /** The record; null if there is none on the way. */
    public @Nullable Object find(@Nullable Object result, DataFetchingEnvironment environment) throws Exception {
        Object found = data(result);
        for (ObjectProperty property : properties) {
            if (found == null) {
                return null;
            }
            found = property.of(found, environment);
        }
        return isList ? found : record(found, environment);
    }

    private @Nullable Object record(@Nullable Object found, DataFetchingEnvironment environment) {
        return oneOf == null || found == null || ownerType.equals(TypeOfValue.of(found, oneOf, environment))
                ? found
                : null;
    }

    /** The records; null if there is no list on the way. */
    public @Nullable List<@Nullable Object> findAll(@Nullable Object result, DataFetchingEnvironment environment)
            throws Exception {
        Object found = find(result, environment);
        if (found == null) {
            return null;
        }
        List<@Nullable Object> owners = ObjectProperty.elements(found);
        if (owners == null) {
            throw new IllegalStateException("expected a collection of " + ownerType + ", found "
                    + found.getClass().getName());
        }
        return owners.stream().map(owner -> record(owner, environment)).collect(Collectors.toList());
    }

    /** What a data fetcher has returned, without what it is wrapped in. */
    public static @Nullable Object data(@Nullable Object result) {
        Object data = result instanceof DataFetcherResult<?> wrapped ? wrapped.getData() : result;
        return ObjectProperty.unwrap(data);
    }
}
