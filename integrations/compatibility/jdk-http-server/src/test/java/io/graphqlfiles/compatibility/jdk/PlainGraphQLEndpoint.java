package io.graphqlfiles.compatibility.jdk;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import graphql.ExecutionInput;
import graphql.GraphQL;
import io.graphqlfiles.compatibility.PlainApplication;
import io.graphqlfiles.server.ServerSupport;
import io.graphqlfiles.testkit.GraphQLServerContract;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** A GraphQL server as one writes it by hand, with one user; it executes no JSON arrays. */
final class PlainGraphQLEndpoint implements UploadHandler.GraphQLEndpoint {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CREDENTIALS = "Basic "
            + Base64.getEncoder()
                    .encodeToString(
                            (GraphQLServerContract.USER + ":" + GraphQLServerContract.PASSWORD).getBytes(UTF_8));

    private final GraphQL graphQl;

    PlainGraphQLEndpoint(GraphQL graphQl) {
        this.graphQl = graphQl;
    }

    private record Operation(String query, Map<String, Object> variables, String operationName) {}

    @Override
    public UploadHandler.Answer execute(HttpExchange exchange, InputStream json) throws IOException {
        String credentials = exchange.getRequestHeaders().getFirst("Authorization");
        if (credentials != null && !credentials.equals(CREDENTIALS)) {
            return new UploadHandler.Answer(401, "text/plain", new byte[0]);
        }
        JsonNode body = JSON.readTree(json);
        if (body.isArray()) {
            return new UploadHandler.Answer(400, "text/plain", new byte[0]);
        }
        Operation operation = JSON.treeToValue(body, Operation.class);
        Map<String, Object> result = graphQl.execute(ExecutionInput.newExecutionInput(operation.query())
                        .operationName(operation.operationName())
                        .variables(operation.variables() == null ? Map.of() : operation.variables())
                        .locale(locale(exchange))
                        .dataLoaderRegistry(PlainApplication.dataLoaders())
                        .graphQLContext(context(exchange, credentials))
                        .build())
                .toSpecification();
        return new UploadHandler.Answer(200, "application/json", JSON.writeValueAsBytes(result));
    }

    private static Locale locale(HttpExchange exchange) {
        String accepted = exchange.getRequestHeaders().getFirst("Accept-Language");
        return accepted == null
                ? Locale.ENGLISH
                : Locale.forLanguageTag(
                        Locale.LanguageRange.parse(accepted).get(0).getRange());
    }

    private static Map<Object, Object> context(HttpExchange exchange, String credentials) {
        Map<Object, Object> context = new HashMap<>();
        context.put(
                ServerSupport.BASE_URL_KEY,
                URI.create("http://" + exchange.getRequestHeaders().getFirst("Host")));
        if (credentials != null) {
            context.put(PlainApplication.USER_KEY, GraphQLServerContract.USER);
        }
        String requestId = exchange.getRequestHeaders().getFirst("X-Request-Id");
        if (requestId != null) {
            context.put(PlainApplication.REQUEST_ID_KEY, requestId);
        }
        return context;
    }
}
