package io.graphqlfiles.compatibility.boot;

import io.graphqlfiles.compatibility.hostile.HostileClients;
import org.springframework.boot.WebApplicationType;

/** Hostile clients of Spring MVC and Tomcat. */
class HostileMvcTest extends HostileClients {

    HostileMvcTest() {
        super(WebApplicationType.SERVLET);
    }
}
