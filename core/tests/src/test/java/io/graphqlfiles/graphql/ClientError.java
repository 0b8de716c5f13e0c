package io.graphqlfiles.graphql;

import graphql.ExecutionResult;
import java.util.List;
import java.util.Map;

/** What a client reads of an error. */
record ClientError(String message, List<Object> path, Object code, Object inputPath) {

    /** All errors of a result, in order. */
    static List<ClientError> of(ExecutionResult result) {
        return result.getErrors().stream()
                .map(error -> {
                    Map<String, Object> extensions = error.getExtensions() == null ? Map.of() : error.getExtensions();
                    return new ClientError(
                            error.getMessage(), error.getPath(), extensions.get("code"), extensions.get("inputPath"));
                })
                .toList();
    }
}
