package io.graphqlfiles.compatibility.javalin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import graphql.ExecutionInput;
import graphql.GraphQL;
import io.graphqlfiles.compatibility.PlainApplication;
import io.graphqlfiles.server.ServerSupport;
import io.graphqlfiles.testkit.GraphQLServerContract;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.UnauthorizedResponse;
import io.javalin.security.BasicAuthCredentials;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** A GraphQL server as one writes it by hand, with one user; it executes no JSON arrays. */
final class GraphQLHandler implements Handler {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final GraphQL graphQl;

    GraphQLHandler(GraphQL graphQl) {
        this.graphQl = graphQl;
    }

    private record Operation(String query, Map<String, Object> variables, String operationName) {}

    // tag::handler
    @Override
    public void handle(Context request) throws IOException {
        Map<Object, Object> context = context(request);
        JsonNode json = JSON.readTree(request.bodyAsBytes());
        if (!json.isObject()) {
            throw new BadRequestResponse("expected a JSON object");
        }
        Operation operation = JSON.treeToValue(json, Operation.class);
        request.json(graphQl.execute(ExecutionInput.newExecutionInput(operation.query())
                        .operationName(operation.operationName())
                        .variables(operation.variables() == null ? Map.of() : operation.variables())
                        .locale(request.req().getLocale())
                        .dataLoaderRegistry(PlainApplication.dataLoaders())
                        .graphQLContext(context)
                        .build())
                .toSpecification());
    }
    // end::handler

    private static Map<Object, Object> context(Context request) {
        Map<Object, Object> context = new HashMap<>();
        context.put(ServerSupport.BASE_URL_KEY, URI.create("http://" + request.host()));
        BasicAuthCredentials user = request.basicAuthCredentials();
        if (user != null) {
            if (!user.getUsername().equals(GraphQLServerContract.USER)
                    || !user.getPassword().equals(GraphQLServerContract.PASSWORD)) {
                throw new UnauthorizedResponse();
            }
            context.put(PlainApplication.USER_KEY, user.getUsername());
        }
        if (request.header("X-Request-Id") != null) {
            context.put(PlainApplication.REQUEST_ID_KEY, request.header("X-Request-Id"));
        }
        return context;
    }
}
