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

/** Turns a {@link FileException} into what a client reads. */
final class FileErrors {

    /** Deep enough for what frameworks wrap around an exception, and an end for cycles. */
    private static final int MAX_CAUSES = 16;

    private FileErrors() {}

    static DataFetcherResult<Object> result(List<GraphQLError> errors) {
        // Returned, not thrown: every server passes returned errors on as they are.
        return DataFetcherResult.newResult().errors(errors).build();
    }

    static GraphQLError error(
            DataFetchingEnvironment environment, FileException refusal, @Nullable List<Object> inputPath) {
        Map<String, Object> extensions = new LinkedHashMap<>();
        extensions.put("code", refusal.code().name());
        if (inputPath != null) {
            extensions.put("inputPath", inputPath);
        }
        return GraphqlErrorBuilder.newError(environment)
                .message("%s", refusal.getMessage())
                .errorType(classification(refusal.code()))
                .extensions(extensions)
                .build();
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
