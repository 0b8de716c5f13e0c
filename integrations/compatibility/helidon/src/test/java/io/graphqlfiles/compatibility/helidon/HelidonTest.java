package io.graphqlfiles.compatibility.helidon;

import graphql.GraphQL;
import io.graphqlfiles.compatibility.Directories;
import io.graphqlfiles.compatibility.PlainApplication;
import io.graphqlfiles.server.ServerSupport;
import io.graphqlfiles.testkit.GraphQLServerContract;
import io.graphqlfiles.testkit.ServerUnderTest;
import io.graphqlfiles.testkit.ServerUnderTest.Feature;
import io.helidon.webserver.WebServer;
import java.net.URI;
import java.util.EnumSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Two handlers on Helidon's WebServer. */
class HelidonTest extends GraphQLServerContract {

    private static final Directories DIRECTORIES = Directories.create();
    private static WebServer server;
    private static PlainApplication application;

    @BeforeAll
    static void start() {
        application = new PlainApplication(DIRECTORIES, false);
        // tag::server
        ServerSupport support = application.files().server();
        GraphQL graphQl = GraphQL.newGraphQL(application.schema())
                .instrumentation(application.files().instrumentation())
                .build();
        server = WebServer.builder()
                .host("localhost")
                .routing(routing -> routing.post("/graphql", new GraphQLHandler(support, graphQl))
                        .any(support.basePath() + "/*", new FileHandler(support)))
                .build()
                .start();
        // end::server
    }

    @AfterAll
    static void stop() {
        server.stop();
        application.files().close();
    }

    @Override
    protected ServerUnderTest server() {
        return new ServerUnderTest(
                URI.create("http://localhost:" + server.port() + "/graphql"),
                DIRECTORIES.files(),
                DIRECTORIES.temporaryFiles(),
                EnumSet.complementOf(EnumSet.of(Feature.BATCHED_OPERATIONS)));
    }
}
