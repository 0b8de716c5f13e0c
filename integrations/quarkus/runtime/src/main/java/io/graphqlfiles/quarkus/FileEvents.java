package io.graphqlfiles.quarkus;

import graphql.ExecutionInput;
import graphql.GraphQL;
import graphql.execution.instrumentation.ChainedInstrumentation;
import graphql.execution.instrumentation.Instrumentation;
import graphql.schema.GraphQLSchema;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.server.ServerSupport;
import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.graphql.api.Context;
import io.smallrye.graphql.schema.model.Schema;
import io.smallrye.graphql.spi.EventingService;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What SmallRye GraphQL lets others have: its schema before it is finished, and each execution before it begins.
 * Nothing is done before the application starts, because until then nobody knows its settings.
 */
public final class FileEvents implements EventingService {

    private static volatile @Nullable Started started;

    private record Started(GraphQLFiles files, Schema model, String rootPath, boolean earlyRules) {}

    /** For the service loader. */
    public FileEvents() {}

    /** From now on schemas get file fields. */
    static void start(GraphQLFiles files, Schema model, String rootPath, boolean earlyRules) {
        started = new Started(files, model, rootPath, earlyRules);
    }

    static void stop() {
        started = null;
    }

    /** Always on. */
    @Override
    public @Nullable String getConfigKey() {
        return null;
    }

    @Override
    public GraphQLSchema.Builder beforeSchemaBuild(GraphQLSchema.Builder builder) {
        Started now = started;
        if (now == null) {
            return builder;
        }
        GraphQLSchema applied = now.files.apply(new FileSchema(now.files, now.model).withFiles(builder.build()));
        return GraphQLSchema.newSchema(now.earlyRules ? GuardedFields.of(applied, now.model) : applied);
    }

    @Override
    public GraphQL.Builder beforeGraphQLBuild(GraphQL.Builder builder) {
        Started now = started;
        if (now == null) {
            return builder;
        }
        Instrumentation others = builder.build().getInstrumentation();
        return builder.instrumentation(new ChainedInstrumentation(List.of(others, now.files.instrumentation())));
    }

    /** URLs of the library's own endpoint begin with what the client has called. */
    @Override
    public void beforeExecute(Context context) {
        Started now = started;
        RoutingContext exchange = now == null ? null : currentExchange();
        if (now != null && exchange != null && exchange.request().authority() != null) {
            URI base = URI.create(
                    exchange.request().scheme() + "://" + exchange.request().authority() + now.rootPath);
            context.unwrap(ExecutionInput.class).getGraphQLContext().put(ServerSupport.BASE_URL_KEY, base);
        }
    }

    private static @Nullable RoutingContext currentExchange() {
        return Arc.container().requestContext().isActive()
                ? Arc.container().instance(CurrentVertxRequest.class).get().getCurrent()
                : null;
    }
}
