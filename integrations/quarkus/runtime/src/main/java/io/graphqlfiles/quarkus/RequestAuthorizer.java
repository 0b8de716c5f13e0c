package io.graphqlfiles.quarkus;

import graphql.schema.DataFetchingEnvironment;
import io.graphqlfiles.FileAccess;
import io.graphqlfiles.FileAuthorizer;
import io.quarkus.arc.Arc;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;

/**
 * Asks the application's authoriser in the context of the request, so that it can use the identity and other beans of
 * the request. Binds upload tokens to the authenticated user where it names no subject: a token that leaks works for
 * nobody else.
 */
final class RequestAuthorizer implements FileAuthorizer {

    private final FileAuthorizer authorizer;

    RequestAuthorizer(FileAuthorizer authorizer) {
        this.authorizer = authorizer;
    }

    @Override
    public boolean isPermitted(FileAccess access) {
        return RequestContext.during(access.environment(), () -> authorizer.isPermitted(access));
    }

    @Override
    public String subject(DataFetchingEnvironment environment) {
        return RequestContext.during(environment, () -> {
            String subject = authorizer.subject(environment);
            return subject.isEmpty() ? userName() : subject;
        });
    }

    private static String userName() {
        CurrentIdentityAssociation association =
                Arc.container().instance(CurrentIdentityAssociation.class).get();
        if (association == null) {
            return ""; // an application without security
        }
        SecurityIdentity identity = association.getIdentity();
        return identity.isAnonymous() ? "" : identity.getPrincipal().getName();
    }
}
