package io.graphqlfiles.compatibility.helidon;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import graphql.ExecutionInput;
import graphql.GraphQL;
import io.graphqlfiles.compatibility.PlainApplication;
import io.graphqlfiles.server.GraphQLMultipartRequest;
import io.graphqlfiles.server.MultipartRequestException;
import io.graphqlfiles.server.ServerSupport;
import io.graphqlfiles.testkit.GraphQLServerContract;
import io.helidon.common.uri.UriInfo;
import io.helidon.http.BadRequestException;
import io.helidon.http.HeaderNames;
import io.helidon.http.UnauthorizedException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Takes GraphQL requests, with files or without, of one user; executes no JSON arrays. */
final class GraphQLHandler implements Handler {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CREDENTIALS = "Basic "
            + Base64.getEncoder()
                    .encodeToString(
                            (GraphQLServerContract.USER + ":" + GraphQLServerContract.PASSWORD).getBytes(UTF_8));

    private final ServerSupport server;
    private final GraphQL graphQl;

    GraphQLHandler(ServerSupport server, GraphQL graphQl) {
        this.server = server;
        this.graphQl = graphQl;
    }

    private record Operation(String query, Map<String, Object> variables, String operationName) {}

    // tag::multipart
    @Override
    public void handle(ServerRequest request, ServerResponse response) throws IOException {
        String contentType = header(request, "Content-Type");
        InputStream body = request.content().inputStream();
        if (!server.isMultipart(contentType)) {
            execute(request, response, body);
            return;
        }
        // Closed after the answer: the client gets to send the rest, and then to read it.
        try (GraphQLMultipartRequest multipart =
                server.openMultipartRequest(contentType, name -> header(request, name), body)) {
            // The files stay on the connection until a data fetcher reads them.
            execute(request, response, new ByteArrayInputStream(multipart.operations()));
        } catch (MultipartRequestException e) {
            String accept = request.headers().value(HeaderNames.ACCEPT).orElse(null);
            response.status(e.status())
                    .header("Content-Type", MultipartRequestException.responseType(accept))
                    .send(e.responseBody());
        }
        if (!request.content().consumed()) {
            throw new CloseConnectionException("Helidon would read the rest without limits");
        }
    }
    // end::multipart

    private void execute(ServerRequest request, ServerResponse response, InputStream body) throws IOException {
        Map<Object, Object> context = context(request);
        JsonNode json = JSON.readTree(body);
        if (!json.isObject()) {
            throw new BadRequestException("expected a JSON object");
        }
        Operation operation = JSON.treeToValue(json, Operation.class);
        Map<String, Object> result = graphQl.execute(ExecutionInput.newExecutionInput(operation.query())
                        .operationName(operation.operationName())
                        .variables(operation.variables() == null ? Map.of() : operation.variables())
                        .locale(locale(request))
                        .dataLoaderRegistry(PlainApplication.dataLoaders())
                        .graphQLContext(context)
                        .build())
                .toSpecification();
        response.header("Content-Type", "application/json").send(JSON.writeValueAsBytes(result));
    }

    private static Locale locale(ServerRequest request) {
        String accepted = header(request, "Accept-Language");
        return accepted == null
                ? Locale.ENGLISH
                : Locale.forLanguageTag(
                        Locale.LanguageRange.parse(accepted).getFirst().getRange());
    }

    private static Map<Object, Object> context(ServerRequest request) {
        Map<Object, Object> context = new HashMap<>();
        UriInfo uri = request.requestedUri();
        context.put(ServerSupport.BASE_URL_KEY, URI.create(uri.scheme() + "://" + uri.authority()));
        String credentials = header(request, "Authorization");
        if (credentials != null) {
            if (!credentials.equals(CREDENTIALS)) {
                throw new UnauthorizedException("wrong credentials");
            }
            context.put(PlainApplication.USER_KEY, GraphQLServerContract.USER);
        }
        String requestId = header(request, "X-Request-Id");
        if (requestId != null) {
            context.put(PlainApplication.REQUEST_ID_KEY, requestId);
        }
        return context;
    }

    private static String header(ServerRequest request, String name) {
        return request.headers().first(HeaderNames.create(name)).orElse(null);
    }
}
