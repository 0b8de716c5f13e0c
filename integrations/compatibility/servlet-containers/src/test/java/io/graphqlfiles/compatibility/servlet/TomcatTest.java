package io.graphqlfiles.compatibility.servlet;

import io.graphqlfiles.compatibility.Directories;
import io.graphqlfiles.compatibility.PlainApplication;
import io.graphqlfiles.testkit.GraphQLServerContract;
import io.graphqlfiles.testkit.ServerUnderTest;
import io.graphqlfiles.testkit.ServerUnderTest.Feature;
import java.net.URI;
import java.util.EnumSet;
import java.util.Set;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A plain servlet that executes batches, on Tomcat. */
class TomcatTest extends GraphQLServerContract {

    private static final Directories DIRECTORIES = Directories.create();
    private static final Tomcat TOMCAT = new Tomcat();
    private static PlainApplication application;

    @BeforeAll
    static void start() throws LifecycleException {
        application = new PlainApplication(DIRECTORIES, true);
        TOMCAT.setBaseDir(DIRECTORIES.temporaryFiles().toString());
        TOMCAT.setPort(0);
        TOMCAT.getConnector();
        TOMCAT.addContext("", DIRECTORIES.temporaryFiles().toString())
                .addServletContainerInitializer(
                        (classes, context) ->
                                PlainServlets.register(application, PlainServlets.graphQl(application, true), context),
                        Set.of());
        TOMCAT.start();
    }

    @AfterAll
    static void stop() throws LifecycleException {
        TOMCAT.stop();
        TOMCAT.destroy();
        application.files().close();
    }

    @Override
    protected ServerUnderTest server() {
        return new ServerUnderTest(
                URI.create("http://localhost:" + TOMCAT.getConnector().getLocalPort() + "/graphql"),
                DIRECTORIES.files(),
                DIRECTORIES.temporaryFiles(),
                EnumSet.allOf(Feature.class));
    }
}
