package io.graphqlfiles.internal.wiring;

import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.LightDataFetcher;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Trivial for the engine: it makes no environment for it and runs no instrumentation around it. */
record PropertyFetcher<S>(Class<S> type, Function<S, @Nullable Object> property)
        implements LightDataFetcher<@Nullable Object> {

    @Override
    public @Nullable Object get(
            GraphQLFieldDefinition definition, Object source, Supplier<DataFetchingEnvironment> environment) {
        return property.apply(type.cast(source));
    }

    @Override
    public @Nullable Object get(DataFetchingEnvironment environment) {
        return property.apply(source(type, environment));
    }

    static <S> S source(Class<S> type, DataFetchingEnvironment environment) {
        Object source = environment.getSource();
        if (source == null) {
            throw new IllegalStateException(type.getSimpleName() + ": expected a source object, found none");
        }
        return type.cast(source);
    }
}
