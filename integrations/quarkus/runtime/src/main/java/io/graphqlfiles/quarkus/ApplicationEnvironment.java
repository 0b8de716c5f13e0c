package io.graphqlfiles.quarkus;

import graphql.GraphQLContext;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.DelegatingDataFetchingEnvironment;
import io.vertx.core.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What SmallRye's data fetcher sees: whether it may block, and input objects that JSON-B can write. */
final class ApplicationEnvironment extends DelegatingDataFetchingEnvironment {

    /** By this name SmallRye GraphQL on Quarkus is told whether it is on a thread that may block. */
    private static final String MAY_BLOCK = "runBlocking";

    private final GraphQLContext context;
    private final Map<String, Object> arguments;

    private ApplicationEnvironment(
            DataFetchingEnvironment environment, GraphQLContext context, Map<String, Object> arguments) {
        super(environment);
        this.context = context;
        this.arguments = arguments;
    }

    /** The environment in the calling thread. */
    static DataFetchingEnvironment of(DataFetchingEnvironment environment, InputObjects inputs) {
        GraphQLContext context = Context.isOnWorkerThread()
                ? mayBlock(environment.getGraphQlContext())
                : environment.getGraphQlContext();
        Map<String, Object> arguments = new LinkedHashMap<>(environment.getArguments());
        arguments.replaceAll((name, value) -> inputs.withoutFiles(value));
        return new ApplicationEnvironment(environment, context, arguments);
    }

    private static GraphQLContext mayBlock(GraphQLContext context) {
        Map<Object, Object> entries =
                context.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        entries.put(MAY_BLOCK, true);
        return GraphQLContext.of(entries);
    }

    @Override
    public GraphQLContext getGraphQlContext() {
        return context;
    }

    @Override
    public Map<String, Object> getArguments() {
        return arguments;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T> @Nullable T getArgument(String name) {
        return (T) arguments.get(name);
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T> T getArgumentOrDefault(String name, T defaultValue) {
        return (T) arguments.getOrDefault(name, defaultValue);
    }
}
