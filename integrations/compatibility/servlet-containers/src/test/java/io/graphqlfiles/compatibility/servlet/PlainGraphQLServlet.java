package io.graphqlfiles.compatibility.servlet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import graphql.ExecutionInput;
import graphql.GraphQL;
import io.graphqlfiles.compatibility.PlainApplication;
import io.graphqlfiles.server.ServerSupport;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A GraphQL server as one writes it by hand: JSON in, JSON out, nothing of files. */
@SuppressWarnings("serial") // never serialised
final class PlainGraphQLServlet extends HttpServlet {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final GraphQL graphQl;
    private final boolean batches;

    PlainGraphQLServlet(GraphQL graphQl, boolean batches) {
        this.graphQl = graphQl;
        this.batches = batches;
    }

    private record Operation(String query, Map<String, Object> variables, String operationName) {}

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        JsonNode body = JSON.readTree(request.getInputStream());
        if (body.isArray() && !batches) {
            response.sendError(400);
            return;
        }
        Object answer;
        if (body.isArray()) {
            List<Object> answers = new ArrayList<>();
            for (JsonNode operation : body) {
                answers.add(execute(operation, request));
            }
            answer = answers;
        } else {
            answer = execute(body, request);
        }
        response.setContentType("application/json");
        JSON.writeValue(response.getOutputStream(), answer);
    }

    private Map<String, Object> execute(JsonNode json, HttpServletRequest request) throws IOException {
        Operation operation = JSON.treeToValue(json, Operation.class);
        return graphQl.execute(ExecutionInput.newExecutionInput(operation.query())
                        .operationName(operation.operationName())
                        .variables(operation.variables() == null ? Map.of() : operation.variables())
                        .locale(request.getLocale())
                        .dataLoaderRegistry(PlainApplication.dataLoaders())
                        .graphQLContext(context(request))
                        .build())
                .toSpecification();
    }

    static Map<Object, Object> context(HttpServletRequest request) {
        Map<Object, Object> context = new HashMap<>();
        context.put(
                ServerSupport.BASE_URL_KEY,
                URI.create("http://" + request.getHeader("Host") + request.getContextPath()));
        if (request.getUserPrincipal() != null) {
            context.put(PlainApplication.USER_KEY, request.getUserPrincipal().getName());
        }
        if (request.getHeader("X-Request-Id") != null) {
            context.put(PlainApplication.REQUEST_ID_KEY, request.getHeader("X-Request-Id"));
        }
        return context;
    }
}
