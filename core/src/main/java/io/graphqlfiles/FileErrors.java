package io.graphqlfiles;

import graphql.ErrorClassification;
import graphql.ErrorType;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetchingEnvironment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns a {@link FileException} into what a client reads, and tells the listeners. */
final class FileErrors {

    /** Deep enough for what frameworks wrap around an exception, and an end for cycles. */
    private static final int MAX_CAUSES = 16;

    private final FileListeners listeners;

    FileErrors(FileListeners listeners) {
        this.listeners = listeners;
    }

    DataFetcherResult<Object> result(DataFetchingEnvironment environment, FileException refusal) {
        return result(List.of(error(environment, refusal, null)));
    }

    DataFetcherResult<Object> result(DataFetchingEnvironment environment, FilesRefusedException refused) {
        return result(refused.refusals().stream()
                .map(refusal -> error(environment, refusal.exception(), refusal.path()))
                .toList());
    }

    private static DataFetcherResult<Object> result(List<GraphQLError> errors) {
        // Returned, not thrown: every server passes returned errors on as they are.
        return DataFetcherResult.newResult().errors(errors).build();
    }

    private GraphQLError error(
            DataFetchingEnvironment environment, FileException refusal, @Nullable List<Object> inputPath) {
        if (!listeners.isEmpty()) {
            listeners.refused(new FileListener.Refused(coordinate(environment), refusal.code()));
        }
        Map<String, Object> extensions = new LinkedHashMap<>();
        extensions.put("code", refusal.code().name());
        if (inputPath != null) {
            extensions.put("inputPath", inputPath);
        }
        extensions.putAll(refusal.details());
        return GraphqlErrorBuilder.newError(environment)
                .message("%s", refusal.getMessage())
                .errorType(classification(refusal.code()))
                .extensions(extensions)
                .build();
    }

    private static String coordinate(DataFetchingEnvironment environment) {
        return environment.getExecutionStepInfo().getObjectType().getName() + "."
                + environment.getField().getName();
    }

    static @Nullable FileException find(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
            if (cause instanceof FileException refusal) {
                return refusal;
            }
            cause = cause.getCause();
        }
        return null;
    }

    private static ErrorClassification classification(FileErrorCode code) {
        return code == FileErrorCode.FILE_STORE_UNAVAILABLE
                ? ErrorType.DataFetchingException
                : ErrorType.ValidationError;
    }
}
