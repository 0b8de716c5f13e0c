package io.graphqlfiles.compatibility.boot;

import io.graphqlfiles.compatibility.hostile.HostileClients;
import org.springframework.boot.WebApplicationType;

/** Hostile clients of Spring WebFlux and Reactor Netty. */
class HostileWebFluxTest extends HostileClients {

    HostileWebFluxTest() {
        super(WebApplicationType.REACTIVE);
    }
}
