package io.graphqlfiles.servlet;

import com.fasterxml.jackson.databind.ObjectMapper;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** The plainest GraphQL server: it knows JSON and nothing of files. */
final class GraphQLServlet extends HttpServlet {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final transient GraphQL graphql;
    private final boolean async;

    GraphQLServlet(GraphQL graphql, boolean async) {
        this.graphql = graphql;
        this.async = async;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!"application/json;charset=UTF-8".equals(request.getContentType())
                && !"application/json".equals(request.getContentType())) {
            response.sendError(415);
            return;
        }
        Map<?, ?> body = JSON.readValue(request.getInputStream(), Map.class);
        ExecutionInput.Builder input = ExecutionInput.newExecutionInput((String) body.get("query"));
        if (body.get("variables") instanceof Map<?, ?> variables) {
            input.variables(cast(variables));
        }
        if (async) {
            AsyncContext context = request.startAsync();
            CompletableFuture<ExecutionResult> unused = graphql.executeAsync(input)
                    .whenComplete((result, failure) -> {
                        try {
                            write(Objects.requireNonNull(result), response);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        } finally {
                            context.complete();
                        }
                    });
        } else {
            write(graphql.execute(input), response);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> cast(Map<?, ?> map) {
        return (Map<String, Object>) map;
    }

    private static void write(ExecutionResult result, HttpServletResponse response) throws IOException {
        response.setContentType("application/json");
        response.getOutputStream().write(JSON.writeValueAsBytes(result.toSpecification()));
    }
}
