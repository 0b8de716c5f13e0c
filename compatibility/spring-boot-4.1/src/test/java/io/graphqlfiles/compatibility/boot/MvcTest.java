package io.graphqlfiles.compatibility.boot;

import io.graphqlfiles.compatibility.spring.MvcApplication;
import io.graphqlfiles.compatibility.spring.SpringServer;
import io.graphqlfiles.testkit.GraphQLServerContract;
import io.graphqlfiles.testkit.ServerUnderTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.springframework.boot.WebApplicationType;

/** Spring for GraphQL on Spring MVC and Tomcat. */
class MvcTest extends GraphQLServerContract {

    private static SpringServer server;

    @BeforeAll
    static void start() {
        server = new SpringServer(MvcApplication.class, WebApplicationType.SERVLET);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    protected ServerUnderTest server() {
        return server.description();
    }
}
