package io.graphqlfiles.compatibility.servlet;

import io.graphqlfiles.compatibility.Directories;
import io.graphqlfiles.compatibility.PlainApplication;
import io.graphqlfiles.testkit.GraphQLServerContract;
import io.graphqlfiles.testkit.ServerUnderTest;
import io.graphqlfiles.testkit.ServerUnderTest.Feature;
import java.net.URI;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A plain servlet that refuses batches, on Jetty. */
class JettyTest extends GraphQLServerContract {

    private static final Directories DIRECTORIES = Directories.create();
    private static final Server JETTY = new Server(0);
    private static PlainApplication application;

    @BeforeAll
    static void start() throws Exception {
        application = new PlainApplication(DIRECTORIES, false);
        ServletContextHandler context = new ServletContextHandler("/");
        context.setTempDirectory(DIRECTORIES.temporaryFiles().toFile());
        context.addServletContainerInitializer((classes, servletContext) ->
                PlainServlets.register(application, PlainServlets.graphQl(application, false), servletContext));
        JETTY.setHandler(context);
        JETTY.start();
    }

    @AfterAll
    static void stop() throws Exception {
        JETTY.stop();
        application.files().close();
    }

    @Override
    protected ServerUnderTest server() {
        int port = ((ServerConnector) JETTY.getConnectors()[0]).getLocalPort();
        return new ServerUnderTest(
                URI.create("http://localhost:" + port + "/graphql"),
                DIRECTORIES.files(),
                DIRECTORIES.temporaryFiles(),
                EnumSet.complementOf(EnumSet.of(Feature.BATCHED_OPERATIONS)));
    }
}
