package io.graphqlfiles.internal.owner;

import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.DataFetchingEnvironmentImpl;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import graphql.schema.LightDataFetcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a field of an object type has for an object: what its data fetcher gives, as the engine would ask it. */
public record ObjectProperty(GraphQLObjectType type, GraphQLFieldDefinition field) {

    /**
     * Asks.
     *
     * @param environment of the call in which it is asked
     * @throws IllegalStateException if the value is not at hand but comes later
     */
    public @Nullable Object of(Object source, DataFetchingEnvironment environment) throws Exception {
        DataFetcher<?> fetcher = environment
                .getGraphQLSchema()
                .getCodeRegistry()
                .getDataFetcher(FieldCoordinates.coordinates(type.getName(), field.getName()), field);
        Supplier<DataFetchingEnvironment> asked =
                () -> DataFetchingEnvironmentImpl.newDataFetchingEnvironment(environment)
                        .source(source)
                        .parentType(type)
                        .fieldDefinition(field)
                        .arguments(Map.of())
                        .build();
        Object value = fetcher instanceof LightDataFetcher<?> light
                ? light.get(field, source, asked)
                : fetcher.get(asked.get());
        return unwrap(value instanceof CompletionStage<?> later ? awaited(later, environment) : value);
    }

    /** Of what comes later, a DataLoader is at hand as soon as it is asked to load. */
    private @Nullable Object awaited(CompletionStage<?> later, DataFetchingEnvironment environment) {
        CompletableFuture<?> future = later.toCompletableFuture();
        if (!future.isDone()) {
            environment.getDataLoaderRegistry().dispatchAll();
        }
        if (!future.isDone()) {
            throw new IllegalStateException(this + ": expected a plain value, or one from a DataLoader that loads in"
                    + " the calling thread; found a future");
        }
        return future.join();
    }

    /** The engine takes optional values for what they hold. */
    public static @Nullable Object unwrap(@Nullable Object value) {
        return value instanceof Optional<?> optional ? optional.orElse(null) : value;
    }

    /** What the engine takes for a list, element by element; null if it is none. */
    static @Nullable List<@Nullable Object> elements(Object value) {
        Iterable<?> found = value instanceof Object[] array
                ? Arrays.asList(array)
                : value instanceof Iterable<?> iterable ? iterable : null;
        if (found == null) {
            return null;
        }
        List<@Nullable Object> elements = new ArrayList<>();
        found.forEach(element -> elements.add(unwrap(element)));
        return elements;
    }

    @Override
    public String toString() {
        return type.getName() + "." + field.getName();
    }
}
