package io.graphqlfiles.compatibility.dgs;

import io.graphqlfiles.compatibility.spring.SpringContract;
import io.graphqlfiles.compatibility.spring.SpringServer;
import org.junit.jupiter.api.BeforeAll;
import org.springframework.boot.WebApplicationType;

/** Netflix DGS on Spring MVC and Tomcat. */
class DgsTest extends SpringContract {

    @BeforeAll
    static void startDgs() {
        start(new SpringServer(
                DgsApplication.class,
                WebApplicationType.SERVLET,
                "dgs.graphql.schema-locations=classpath*:io/graphqlfiles/testkit/*.graphqls,"
                        + "classpath*:io/graphqlfiles/compatibility/spring/*.graphqls"));
    }
}
