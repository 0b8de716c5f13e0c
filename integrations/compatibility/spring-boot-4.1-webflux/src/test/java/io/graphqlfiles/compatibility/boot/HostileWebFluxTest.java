package io.graphqlfiles.compatibility.boot;

import io.graphqlfiles.compatibility.hostile.HostileReactiveClients;

/** Hostile clients of Spring WebFlux and Reactor Netty. */
class HostileWebFluxTest extends HostileReactiveClients {}
