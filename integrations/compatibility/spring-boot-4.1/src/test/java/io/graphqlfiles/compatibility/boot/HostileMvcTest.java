package io.graphqlfiles.compatibility.boot;

import io.graphqlfiles.compatibility.hostile.HostileServletClients;

/** Hostile clients of Spring MVC and Tomcat. */
class HostileMvcTest extends HostileServletClients {}
