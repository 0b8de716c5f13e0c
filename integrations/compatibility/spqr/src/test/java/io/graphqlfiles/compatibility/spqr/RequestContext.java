package io.graphqlfiles.compatibility.spqr;

import graphql.ExecutionInput;
import io.graphqlfiles.compatibility.PlainApplication;
import io.graphqlfiles.server.ServerSupport;
import io.leangen.graphql.spqr.spring.autoconfigure.ContextFactory;
import io.leangen.graphql.spqr.spring.autoconfigure.DataLoaderRegistryFactory;
import io.leangen.graphql.spqr.spring.autoconfigure.MvcContextFactory;
import io.leangen.graphql.spqr.spring.web.dto.GraphQLRequest;
import io.leangen.graphql.spqr.spring.web.mvc.DefaultGraphQLExecutor;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.NativeWebRequest;

/** Puts what the library and the application want to know of a request into its context. */
@Component
final class RequestContext extends DefaultGraphQLExecutor {

    RequestContext(MvcContextFactory contexts, DataLoaderRegistryFactory dataLoaders) {
        super(contexts, dataLoaders);
    }

    // tag::context
    @Override
    public ExecutionInput buildInput(
            GraphQLRequest operation,
            NativeWebRequest request,
            Object reactive,
            ContextFactory<NativeWebRequest> contexts,
            DataLoaderRegistryFactory dataLoaders) {
        Map<Object, Object> context = new HashMap<>();
        context.put(ServerSupport.BASE_URL_KEY, URI.create("http://" + request.getHeader("Host")));
        if (request.getRemoteUser() != null) {
            context.put(PlainApplication.USER_KEY, request.getRemoteUser());
        }
        if (request.getHeader("X-Request-Id") != null) {
            context.put(PlainApplication.REQUEST_ID_KEY, request.getHeader("X-Request-Id"));
        }
        return super.buildInput(operation, request, reactive, contexts, dataLoaders)
                .transform(input -> input.graphQLContext(context).locale(request.getLocale()));
    }
    // end::context
}
