package io.graphqlfiles.spring;

import graphql.GraphQLContext;
import graphql.schema.DataFetchingEnvironment;
import io.graphqlfiles.FileErrorCode;
import io.graphqlfiles.FileListener;
import io.graphqlfiles.maintenance.SweepResult;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Observes each file while it is stored: a span below that of the data fetcher, and a timer. What the store's client
 * sends meanwhile is below the span in turn.
 */
final class FileObservations implements FileListener {

    private final ObservationRegistry registry;

    FileObservations(ObservationRegistry registry) {
        this.registry = registry;
    }

    @Override
    public Ending storing(Storing storing, @Nullable DataFetchingEnvironment environment) {
        Observation observation = Observation.createNotStarted("graphql.files.store", registry)
                .contextualName("graphql file " + storing.field())
                .lowCardinalityKeyValue("field", storing.field())
                .lowCardinalityKeyValue("source", FileTags.source(storing.source()))
                .lowCardinalityKeyValue("store", storing.store());
        Observation dataFetcher = dataFetcher(environment);
        if (dataFetcher != null) {
            observation.parentObservation(dataFetcher);
        }
        Observation.Scope scope = observation.start().openScope();
        return (isStored, code) -> {
            scope.close();
            // And no error: its message is for the client, and may name the file.
            observation
                    .lowCardinalityKeyValue("outcome", outcome(isStored, code))
                    .stop();
        };
    }

    /** A span of its own: a sweep belongs to no request. What it asks of stores and database is below it. */
    @Override
    public Consumer<@Nullable SweepResult> sweeping() {
        Observation observation = Observation.createNotStarted("graphql.files.sweep", registry)
                .contextualName("graphql files sweep")
                .start();
        Observation.Scope scope = observation.openScope();
        return result -> {
            scope.close();
            boolean isDone = result != null && result.failures().isEmpty();
            observation
                    .lowCardinalityKeyValue("outcome", isDone ? "success" : "failure")
                    .stop();
        };
    }

    /** Spring for GraphQL keeps it here, and not in the thread. */
    private static @Nullable Observation dataFetcher(@Nullable DataFetchingEnvironment environment) {
        return environment != null && environment.getLocalContext() instanceof GraphQLContext context
                ? context.get(ObservationThreadLocalAccessor.KEY)
                : null;
    }

    private static String outcome(boolean isStored, @Nullable FileErrorCode code) {
        if (isStored) {
            return "stored";
        }
        return code == null ? "failed" : code.name();
    }
}
