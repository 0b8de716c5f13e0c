package io.graphqlfiles.quarkus;

import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.vertx.FileHandler;
import io.graphqlfiles.vertx.GraphQLUploadHandler;
import io.quarkus.arc.Arc;
import io.quarkus.arc.runtime.BeanContainer;
import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.ShutdownContext;
import io.quarkus.runtime.annotations.Recorder;
import io.smallrye.graphql.cdi.producer.GraphQLProducer;
import io.smallrye.graphql.schema.model.Schema;
import io.smallrye.graphql.spi.config.Config;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/** What the application does when it starts. */
@Recorder
public class FilesRecorder {

    /** For Quarkus. */
    public FilesRecorder() {}

    /** Before SmallRye makes a schema. */
    public void registerScalars() {
        PlaceholderScalars.register();
    }

    /** Has SmallRye make its schema again, now that the settings are known. */
    public void start(BeanContainer beans, String rootPath, ShutdownContext shutdown) {
        if (Config.get().isFederationEnabled()) {
            throw new IllegalStateException("graphql-files-quarkus: expected a schema without federation, found"
                    + " quarkus.smallrye-graphql.federation.enabled or an annotation of federation; its SDL would not"
                    + " show the types of files");
        }
        Schema model = Arc.container().instance(Schema.class).get();
        boolean earlyRules = beans.beanInstance(FilesConfig.class).earlyRules();
        FileEvents.start(beans.beanInstance(GraphQLFiles.class), model, rootPath, earlyRules);
        shutdown.addShutdownTask(FileEvents::stop);
        beans.beanInstance(GraphQLProducer.class).initialize();
    }

    /** For SmallRye's handler: there is a schema, or {@link #start} has failed. */
    public RuntimeValue<Boolean> hasSchema() {
        return new RuntimeValue<>(true);
    }

    /**
     * Takes multipart requests, before Quarkus would read their bodies.
     *
     * @param graphQl SmallRye's handler for requests that were read
     */
    public Handler<RoutingContext> uploadHandler(
            BeanContainer beans, String graphQlPath, Handler<RoutingContext> graphQl) {
        GraphQLFiles files = beans.beanInstance(GraphQLFiles.class);
        Threads threads = beans.beanInstance(Threads.class);
        FilesConfig config = beans.beanInstance(FilesConfig.class);
        Handler<RoutingContext> uploads = new GraphQLUploadHandler(
                files,
                threads.receiving(),
                config.work().readTimeout(),
                exchange -> graphQl.handle(new AnsweredLater(exchange)));
        return exchange -> {
            if (graphQlPath.equals(exchange.normalizedPath())) {
                uploads.handle(exchange);
            } else {
                exchange.next();
            }
        };
    }

    /** Serves files and takes direct uploads. */
    public Handler<RoutingContext> fileHandler(BeanContainer beans, String rootPath) {
        Threads threads = beans.beanInstance(Threads.class);
        return new FileHandler(
                beans.beanInstance(GraphQLFiles.class),
                rootPath,
                threads.receiving(),
                threads.sending(),
                beans.beanInstance(FilesConfig.class).work().readTimeout());
    }
}
