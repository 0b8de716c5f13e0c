package io.graphqlfiles.spring;

import graphql.GraphQLContext;
import graphql.schema.DataFetchingEnvironment;
import io.graphqlfiles.FileAccess;
import io.graphqlfiles.FileAuthorizer;
import io.micrometer.context.ContextSnapshot;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.execution.ContextPropagationHelper;

/**
 * Asks the application's authoriser in the context of the request: with its security context and whatever else Spring
 * carries from thread to thread. A mutation's second field runs in whatever thread finished its first.
 *
 * <p>Binds upload tokens to the authenticated user where the application's authoriser names no subject: a token that
 * leaks works for nobody else.
 */
final class RequestAuthorizer implements FileAuthorizer {

    private final FileAuthorizer authorizer;

    RequestAuthorizer(FileAuthorizer authorizer) {
        this.authorizer = authorizer;
    }

    @Override
    public boolean isPermitted(FileAccess access) {
        return inContext(access.environment(), () -> authorizer.isPermitted(access));
    }

    @Override
    public String subject(DataFetchingEnvironment environment) {
        String subject = inContext(environment, () -> authorizer.subject(environment));
        if (!subject.isEmpty()) {
            return subject;
        }
        String principal = FileRequestInterceptor.principalName(environment.getGraphQlContext());
        if (principal == null) {
            principal = inContext(environment, SignedInUser::name);
        }
        return principal == null ? "" : principal;
    }

    @SuppressWarnings("try")
    private static <T extends @Nullable Object> T inContext(DataFetchingEnvironment environment, Supplier<T> question) {
        GraphQLContext context = environment.getGraphQlContext();
        try (ContextSnapshot.Scope scope =
                ContextPropagationHelper.captureFrom(context).setThreadLocals()) {
            return question.get();
        }
    }
}
