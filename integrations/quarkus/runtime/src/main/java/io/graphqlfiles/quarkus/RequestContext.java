package io.graphqlfiles.quarkus;

import graphql.schema.DataFetchingEnvironment;
import io.quarkus.arc.Arc;
import io.quarkus.arc.InjectableContext;
import io.quarkus.arc.ManagedContext;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The CDI context of the request, in whatever thread its fields are executed. */
final class RequestContext {

    /** By this name SmallRye GraphQL on Quarkus keeps it. */
    private static final String STATE = "state";

    private RequestContext() {}

    /** The answer to a question that uses the identity or other beans of the request. */
    static <T> T during(DataFetchingEnvironment environment, Supplier<T> question) {
        ManagedContext context = Arc.container().requestContext();
        InjectableContext.ContextState state = context.isActive()
                ? null
                : environment.getGraphQlContext().<InjectableContext.@Nullable ContextState>get(STATE);
        if (state == null || !state.isValid()) {
            return question.get();
        }
        context.activate(state);
        try {
            return question.get();
        } finally {
            context.deactivate();
        }
    }
}
