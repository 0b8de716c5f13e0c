/** The documents application on Spring for GraphQL, by Spring MVC and by Spring WebFlux. */
@NullMarked
package io.graphqlfiles.compatibility.spring;

import org.jspecify.annotations.NullMarked;
