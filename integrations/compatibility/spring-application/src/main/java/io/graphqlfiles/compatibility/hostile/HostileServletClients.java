package io.graphqlfiles.compatibility.hostile;

import org.springframework.boot.WebApplicationType;

/** Attacks on Spring MVC. */
public abstract class HostileServletClients extends HostileClients {

    /** For what there is on the class path. */
    protected HostileServletClients() {
        super(WebApplicationType.SERVLET);
    }
}
