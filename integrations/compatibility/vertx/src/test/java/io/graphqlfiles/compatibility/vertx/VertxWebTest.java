package io.graphqlfiles.compatibility.vertx;

import static java.nio.charset.StandardCharsets.UTF_8;

import graphql.GraphQL;
import io.graphqlfiles.compatibility.Directories;
import io.graphqlfiles.compatibility.PlainApplication;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.server.ServerSupport;
import io.graphqlfiles.testkit.GraphQLServerContract;
import io.graphqlfiles.testkit.ServerUnderTest;
import io.graphqlfiles.testkit.ServerUnderTest.Feature;
import io.graphqlfiles.vertx.BlockingWork;
import io.graphqlfiles.vertx.FileHandler;
import io.graphqlfiles.vertx.GraphQLUploadHandler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.graphql.ExecutionInputBuilderWithContext;
import io.vertx.ext.web.handler.graphql.GraphQLHandler;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Vert.x Web GraphQL on one event loop: if that waited for a client, nobody would get an answer. */
class VertxWebTest extends GraphQLServerContract {

    private static final String CREDENTIALS =
            "Basic " + Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(UTF_8));
    private static final Directories DIRECTORIES = Directories.create();

    private static Vertx vertx;
    private static PlainApplication application;
    private static HttpServer server;

    @BeforeAll
    static void start() throws Exception {
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        // tag::server
        BlockingWork receiving = BlockingWork.create(vertx, "files-receiving", 32, 1000);
        BlockingWork working = BlockingWork.create(vertx, "files-working", 32, 1000);
        application = new PlainApplication(
                DIRECTORIES, false, builder -> builder.executor(working).uploadExecutor(receiving));
        GraphQLFiles files = application.files();
        GraphQL engine = GraphQL.newGraphQL(application.schema())
                .instrumentation(files.instrumentation())
                .build();
        GraphQLHandler graphQl = GraphQLHandler.builder(engine)
                .beforeExecute(VertxWebTest::addContext)
                .build();
        Duration patience = Duration.ofSeconds(30); // with clients that send nothing

        Router router = Router.router(vertx);
        router.post("/graphql")
                .handler(VertxWebTest::authenticate)
                .handler(new GraphQLUploadHandler(files, receiving, patience, graphQl));
        router.post("/graphql").handler(BodyHandler.create(false)).handler(graphQl);
        router.route("/files/*").handler(new FileHandler(files, "", receiving, working, patience));
        // end::server
        server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "localhost")
                .toCompletionStage()
                .toCompletableFuture()
                .get(1, TimeUnit.MINUTES);
    }

    @AfterAll
    static void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(1, TimeUnit.MINUTES);
        application.files().close();
    }

    private static void authenticate(RoutingContext exchange) {
        String credentials = exchange.request().getHeader("Authorization");
        if (credentials == null || credentials.equals(CREDENTIALS)) {
            exchange.next();
        } else {
            exchange.fail(401);
        }
    }

    private static void addContext(ExecutionInputBuilderWithContext<RoutingContext> input) {
        HttpServerRequest request = input.context().request();
        Map<Object, Object> context = new HashMap<>();
        context.put(ServerSupport.BASE_URL_KEY, URI.create("http://" + request.authority()));
        if (request.getHeader("Authorization") != null) {
            context.put(PlainApplication.USER_KEY, USER);
        }
        if (request.getHeader("X-Request-Id") != null) {
            context.put(PlainApplication.REQUEST_ID_KEY, request.getHeader("X-Request-Id"));
        }
        String language = request.getHeader("Accept-Language");
        input.builder()
                .graphQLContext(context)
                .locale(language == null ? Locale.ENGLISH : Locale.forLanguageTag(language))
                .dataLoaderRegistry(PlainApplication.dataLoaders());
    }

    @Override
    protected ServerUnderTest server() {
        return new ServerUnderTest(
                URI.create("http://localhost:" + server.actualPort() + "/graphql"),
                DIRECTORIES.files(),
                DIRECTORIES.temporaryFiles(),
                EnumSet.complementOf(EnumSet.of(Feature.BATCHED_OPERATIONS)));
    }
}
