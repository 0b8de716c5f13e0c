package io.graphqlfiles.compatibility.servlet;

import io.graphqlfiles.compatibility.Directories;
import io.graphqlfiles.compatibility.PlainApplication;
import io.graphqlfiles.testkit.GraphQLServerContract;
import io.graphqlfiles.testkit.ServerUnderTest;
import io.graphqlfiles.testkit.ServerUnderTest.Feature;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.util.ImmediateInstanceHandle;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A plain servlet that executes batches, on Undertow. */
class UndertowTest extends GraphQLServerContract {

    private static final Directories DIRECTORIES = Directories.create();
    private static PlainApplication application;
    private static Undertow undertow;

    @BeforeAll
    static void start() throws ServletException {
        application = new PlainApplication(DIRECTORIES, true);
        ServletContainerInitializer register = (classes, context) ->
                PlainServlets.register(application, PlainServlets.graphQl(application, true), context);
        DeploymentInfo deployment = Servlets.deployment()
                .setClassLoader(UndertowTest.class.getClassLoader())
                .setContextPath("/")
                .setDeploymentName("documents")
                .setTempDir(DIRECTORIES.temporaryFiles())
                .addServletContainerInitializer(new ServletContainerInitializerInfo(
                        ServletContainerInitializer.class, () -> new ImmediateInstanceHandle<>(register), Set.of()));
        DeploymentManager manager = Servlets.newContainer().addDeployment(deployment);
        manager.deploy();
        undertow = Undertow.builder()
                .addHttpListener(0, "localhost")
                .setHandler(manager.start())
                // Undertow's own limit, by default 2 MB; the library's hold first.
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, 1L << 40)
                .build();
        undertow.start();
    }

    @AfterAll
    static void stop() {
        undertow.stop();
        application.files().close();
    }

    @Override
    protected ServerUnderTest server() {
        int port = ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
        return new ServerUnderTest(
                URI.create("http://localhost:" + port + "/graphql"),
                DIRECTORIES.files(),
                DIRECTORIES.temporaryFiles(),
                EnumSet.complementOf(EnumSet.of(Feature.BREAKS_OFF)));
    }
}
