package io.graphqlfiles.compatibility.servlet;

import graphql.kickstart.execution.GraphQLQueryInvoker;
import graphql.kickstart.execution.context.GraphQLKickstartContext;
import graphql.kickstart.servlet.GraphQLConfiguration;
import graphql.kickstart.servlet.GraphQLHttpServlet;
import graphql.kickstart.servlet.context.DefaultGraphQLServletContextBuilder;
import io.graphqlfiles.compatibility.Directories;
import io.graphqlfiles.compatibility.PlainApplication;
import io.graphqlfiles.testkit.GraphQLServerContract;
import io.graphqlfiles.testkit.ServerUnderTest;
import io.graphqlfiles.testkit.ServerUnderTest.Feature;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** graphql-java-servlet, which executes batches but knows no languages, on Jetty. */
class GraphQLJavaServletTest extends GraphQLServerContract {

    private static final Directories DIRECTORIES = Directories.create();
    private static final Server JETTY = new Server(0);
    private static PlainApplication application;

    @BeforeAll
    static void start() throws Exception {
        application = new PlainApplication(DIRECTORIES, true);
        GraphQLHttpServlet servlet = GraphQLHttpServlet.with(GraphQLConfiguration.with(application.schema())
                .with(GraphQLQueryInvoker.newBuilder()
                        .withInstrumentation(application.files().instrumentation())
                        .build())
                .with(new ContextBuilder())
                .build());
        ServletContextHandler context = new ServletContextHandler("/");
        context.setTempDirectory(DIRECTORIES.temporaryFiles().toFile());
        context.addServletContainerInitializer(
                (classes, servletContext) -> PlainServlets.register(application, servlet, servletContext));
        JETTY.setHandler(context);
        JETTY.start();
    }

    private static final class ContextBuilder extends DefaultGraphQLServletContextBuilder {

        @Override
        public GraphQLKickstartContext build(HttpServletRequest request, HttpServletResponse response) {
            return GraphQLKickstartContext.of(PlainApplication.dataLoaders(), PlainGraphQLServlet.context(request));
        }
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
                EnumSet.complementOf(EnumSet.of(Feature.LOCALE)));
    }
}
