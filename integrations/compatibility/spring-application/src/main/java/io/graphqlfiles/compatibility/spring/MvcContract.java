package io.graphqlfiles.compatibility.spring;

import org.junit.jupiter.api.BeforeAll;
import org.springframework.boot.WebApplicationType;

/** The contract for Spring for GraphQL on Spring MVC and Tomcat. */
public abstract class MvcContract extends SpringContract {

    @BeforeAll
    static void startMvc() {
        start(new SpringServer(MvcApplication.class, WebApplicationType.SERVLET));
    }
}
