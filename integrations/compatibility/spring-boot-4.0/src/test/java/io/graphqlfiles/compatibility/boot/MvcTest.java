package io.graphqlfiles.compatibility.boot;

import io.graphqlfiles.compatibility.spring.MvcContract;

/** Spring for GraphQL on Spring MVC and Tomcat. */
class MvcTest extends MvcContract {}
