package io.graphqlfiles.compatibility.helidon;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import graphql.ExecutionInput;
import graphql.GraphQL;
import io.graphqlfiles.compatibility.PlainApplication;
import io.graphqlfiles.server.GraphQLMultipartRequest;
import io.graphqlfiles.server.MultipartRequestException;
import io.graphqlfiles.server.ServerSupport;
import io.graphqlfiles.testkit.GraphQLServerContract;
import io.helidon.common.uri.UriInfo;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
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
    private final Duration patience;

    GraphQLHandler(ServerSupport server, GraphQL graphQl, Duration patience) {
        this.server = server;
        this.graphQl = graphQl;
        this.patience = patience;
    }

    private record Operation(String query, Map<String, Object> variables, String operationName) {}

    // tag::multipart
    @Override
    public void handle(ServerRequest request, ServerResponse response) throws IOException {
        String contentType = header(request, "Content-Type");
        RequestBody body = new RequestBody(request, patience);
        if (server.isMultipart(contentType)) {
            // Closed after the answer: the client gets to send the rest, and then to read it.
            try (GraphQLMultipartRequest multipart =
                    server.openMultipartRequest(contentType, name -> header(request, name), body)) {
                handle(multipart, request, response);
            }
        } else {
            execute(request, response, body);
            server.drain(body);
        }
        body.closeUnlessRead();
    }

    private void handle(GraphQLMultipartRequest multipart, ServerRequest request, ServerResponse response)
            throws IOException {
        try {
            // The files stay on the connection until a data fetcher reads them.
            execute(request, response, new ByteArrayInputStream(multipart.operations()));
        } catch (MultipartRequestException e) {
            String accept = request.headers().value(HeaderNames.ACCEPT).orElse(null);
            response.status(e.status())
                    .header("Content-Type", MultipartRequestException.responseType(accept))
                    .send(e.responseBody());
        }
    }
    // end::multipart

    /** Sends refusals and does not throw them: Helidon would answer when all of the body has come. */
    private void execute(ServerRequest request, ServerResponse response, InputStream json) throws IOException {
        String credentials = header(request, "Authorization");
        if (credentials != null && !credentials.equals(CREDENTIALS)) {
            response.status(Status.UNAUTHORIZED_401).send();
            return;
        }
        Operation operation;
        try {
            operation = JSON.readValue(json, Operation.class);
        } catch (JsonProcessingException e) {
            response.status(Status.BAD_REQUEST_400).send("expected a GraphQL request in JSON");
            return;
        }
        Map<String, Object> result = graphQl.execute(ExecutionInput.newExecutionInput(operation.query())
                        .operationName(operation.operationName())
                        .variables(operation.variables() == null ? Map.of() : operation.variables())
                        .locale(locale(request))
                        .dataLoaderRegistry(PlainApplication.dataLoaders())
                        .graphQLContext(context(request, credentials))
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

    private static Map<Object, Object> context(ServerRequest request, String credentials) {
        Map<Object, Object> context = new HashMap<>();
        UriInfo uri = request.requestedUri();
        context.put(ServerSupport.BASE_URL_KEY, URI.create(uri.scheme() + "://" + uri.authority()));
        if (credentials != null) {
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
