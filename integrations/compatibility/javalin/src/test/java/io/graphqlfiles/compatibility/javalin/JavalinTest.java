package io.graphqlfiles.compatibility.javalin;

import static jakarta.servlet.DispatcherType.ASYNC;
import static jakarta.servlet.DispatcherType.ERROR;
import static jakarta.servlet.DispatcherType.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;

import graphql.GraphQL;
import io.graphqlfiles.compatibility.Directories;
import io.graphqlfiles.compatibility.PlainApplication;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.servlet.FileServlet;
import io.graphqlfiles.servlet.GraphQLUploadFilter;
import io.graphqlfiles.testkit.GraphQLServerContract;
import io.graphqlfiles.testkit.ServerUnderTest;
import io.graphqlfiles.testkit.ServerUnderTest.Feature;
import io.javalin.Javalin;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.EnumSet;
import org.eclipse.jetty.servlet.FilterHolder;
import org.eclipse.jetty.servlet.ServletHolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A handler of Javalin behind the upload filter, in the Jetty that Javalin starts. */
class JavalinTest extends GraphQLServerContract {

    private static final Directories DIRECTORIES = Directories.create();
    private static Javalin app;
    private static PlainApplication application;

    @BeforeAll
    static void start() {
        application = new PlainApplication(DIRECTORIES, false);
        // tag::server
        GraphQLFiles files = application.files();
        GraphQL graphQl = GraphQL.newGraphQL(application.schema())
                .instrumentation(files.instrumentation())
                .build();
        app = Javalin.create(config -> {
            // Of JSON with base64: of a multipart request Javalin sees the JSON alone.
            config.http.maxRequestSize = 15_000_000;
            config.jetty.modifyServletContextHandler(jetty -> {
                FilterHolder uploads = new FilterHolder(new GraphQLUploadFilter(files));
                uploads.setAsyncSupported(true);
                jetty.addFilter(uploads, "/graphql", EnumSet.of(REQUEST, ASYNC, ERROR));
                jetty.addServlet(
                        new ServletHolder(new FileServlet(files)),
                        files.server().basePath() + "/*");
            });
        });
        app.post("/graphql", new GraphQLHandler(graphQl));
        // end::server
        app.start("localhost", 0);
    }

    @AfterAll
    static void stop() {
        app.stop();
        application.files().close();
    }

    @Override
    protected ServerUnderTest server() {
        return new ServerUnderTest(
                URI.create("http://localhost:" + app.port() + "/graphql"),
                DIRECTORIES.files(),
                DIRECTORIES.temporaryFiles(),
                EnumSet.complementOf(EnumSet.of(Feature.BATCHED_OPERATIONS, Feature.BREAKS_OFF)));
    }

    @Test
    void base64_aboveTheLimitThatJavalinStartsWith_isStored() throws Exception {
        String base64 = Base64.getEncoder().encodeToString(new byte[1_500_000]);
        String body = """
                {
                  "query": "mutation ($it: DocumentInput!) { addDocument(document: $it) { content { byteSize } } }",
                  "variables": {"it": {"title": "t", "shelf": "s", "content": {"base64": "%s", "fileName": "a.bin"}}}
                }""".formatted(base64);

        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(server().graphQl())
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());

        assertThat(answer.body()).contains("\"byteSize\":1500000");
    }
}
