package io.graphqlfiles.compatibility.boot;

import io.graphqlfiles.compatibility.spring.WebFluxContract;

/** Spring for GraphQL on Spring WebFlux and Reactor Netty. */
class WebFluxTest extends WebFluxContract {}
