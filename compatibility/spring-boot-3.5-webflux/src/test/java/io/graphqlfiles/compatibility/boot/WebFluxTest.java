package io.graphqlfiles.compatibility.boot;

import io.graphqlfiles.compatibility.spring.SpringServer;
import io.graphqlfiles.compatibility.spring.WebFluxApplication;
import io.graphqlfiles.testkit.GraphQLServerContract;
import io.graphqlfiles.testkit.ServerUnderTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.springframework.boot.WebApplicationType;

/** Spring for GraphQL on Spring WebFlux and Reactor Netty. */
class WebFluxTest extends GraphQLServerContract {

    private static SpringServer server;

    @BeforeAll
    static void start() {
        server = new SpringServer(WebFluxApplication.class, WebApplicationType.REACTIVE);
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
