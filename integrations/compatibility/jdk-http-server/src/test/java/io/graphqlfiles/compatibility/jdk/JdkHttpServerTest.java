package io.graphqlfiles.compatibility.jdk;

import com.sun.net.httpserver.HttpServer;
import graphql.GraphQL;
import io.graphqlfiles.compatibility.Directories;
import io.graphqlfiles.compatibility.PlainApplication;
import io.graphqlfiles.server.ServerSupport;
import io.graphqlfiles.testkit.GraphQLServerContract;
import io.graphqlfiles.testkit.ServerUnderTest;
import io.graphqlfiles.testkit.ServerUnderTest.Feature;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.EnumSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The adapter of docs/writing-a-server-adapter.md, on the HTTP server that every JDK has. */
class JdkHttpServerTest extends GraphQLServerContract {

    private static final Directories DIRECTORIES = Directories.create();
    private static final ExecutorService THREADS = Executors.newCachedThreadPool();
    private static HttpServer server;
    private static PlainApplication application;

    @BeforeAll
    static void start() throws IOException {
        application = new PlainApplication(DIRECTORIES, false);
        server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        // tag::server
        ServerSupport support = application.files().server();
        GraphQL graphQl = GraphQL.newGraphQL(application.schema())
                .instrumentation(application.files().instrumentation())
                .build();
        // Requests block their threads while bytes are on the way.
        server.setExecutor(THREADS);
        server.createContext("/graphql", new UploadHandler(support, new PlainGraphQLEndpoint(graphQl)));
        server.createContext(support.basePath() + "/", new FileHandler(support));
        // end::server
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
        THREADS.shutdownNow();
        application.files().close();
    }

    @Override
    protected ServerUnderTest server() {
        return new ServerUnderTest(
                URI.create("http://localhost:" + server.getAddress().getPort() + "/graphql"),
                DIRECTORIES.files(),
                DIRECTORIES.temporaryFiles(),
                EnumSet.complementOf(EnumSet.of(Feature.BATCHED_OPERATIONS)));
    }
}
