package io.graphqlfiles.compatibility.dgs;

import io.graphqlfiles.compatibility.spring.SpringServer;
import io.graphqlfiles.testkit.GraphQLServerContract;
import io.graphqlfiles.testkit.ServerUnderTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.springframework.boot.WebApplicationType;

/** Netflix DGS on Spring MVC and Tomcat. */
class DgsTest extends GraphQLServerContract {

    private static SpringServer server;

    @BeforeAll
    static void start() {
        server = new SpringServer(
                DgsApplication.class,
                WebApplicationType.SERVLET,
                "dgs.graphql.schema-locations=classpath*:io/graphqlfiles/testkit/*.graphqls");
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
