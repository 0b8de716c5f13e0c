package io.graphqlfiles.spring;

import graphql.schema.DataFetchingEnvironment;
import io.graphqlfiles.FileAccess;
import io.graphqlfiles.FileAuthorizer;

/**
 * Binds upload tokens to the authenticated user where the application's own authoriser names no subject: a token that leaks
 * works for nobody else.
 */
final class PrincipalSubject implements FileAuthorizer {

    private final FileAuthorizer authorizer;

    PrincipalSubject(FileAuthorizer authorizer) {
        this.authorizer = authorizer;
    }

    @Override
    public boolean isPermitted(FileAccess access) {
        return authorizer.isPermitted(access);
    }

    @Override
    public String subject(DataFetchingEnvironment environment) {
        String subject = authorizer.subject(environment);
        if (!subject.isEmpty()) {
            return subject;
        }
        String principal = FileRequestInterceptor.principalName(environment.getGraphQlContext());
        return principal == null ? "" : principal;
    }
}
