package io.graphqlfiles.internal.execution;

import graphql.ErrorClassification;
import graphql.ErrorType;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetchingEnvironment;
import io.graphqlfiles.FileErrorCode;
import io.graphqlfiles.FileException;
import io.graphqlfiles.FileListener;
import io.graphqlfiles.internal.body.UploadAbortedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Turns a {@link FileException} into what a client reads, and tells the listeners. */
public final class FileErrors {

    /** Deep enough for what frameworks wrap around an exception, and an end for cycles. */
    private static final int MAX_CAUSES = 16;

    private static final int MAX_TOLD_BY_FIELD = 20;
    private static final int MAX_TOLD = 100;

    private final FileListeners listeners;

    public FileErrors(FileListeners listeners) {
        this.listeners = listeners;
    }

    public DataFetcherResult<Object> result(DataFetchingEnvironment environment, FileException refusal) {
        return result(List.of(error(environment, refusal, null)));
    }

    public DataFetcherResult<Object> result(DataFetchingEnvironment environment, FilesRefusedException refused) {
        List<Refusal> refusals = refused.refusals();
        int told = grant(environment, refusals.size());
        List<GraphQLError> all = new ArrayList<>();
        for (Refusal refusal : refusals.subList(0, told)) {
            all.add(error(environment, refusal.exception(), refusal.path()));
        }
        if (told < refusals.size()) {
            Refusal next = refusals.get(told);
            int more = refusals.size() - told;
            FileException rest = new FileException(
                            next.exception().code(),
                            more + (more == 1 ? " more mistake is" : " more mistakes are") + " not listed; the first of"
                                    + " them: " + next.exception().getMessage())
                    .with("count", more);
            all.add(error(environment, rest, next.path()));
        }
        return result(all);
    }

    /** How many of so many mistakes may be told one by one, so that no answer grows far beyond its request. */
    private static int grant(DataFetchingEnvironment environment, int wanted) {
        AtomicInteger told =
                environment.getGraphQlContext().computeIfAbsent(ToldRefusals.class, key -> new ToldRefusals()).count;
        int most = Math.min(wanted, MAX_TOLD_BY_FIELD);
        int before = told.getAndAdd(most);
        return Math.max(0, Math.min(most, MAX_TOLD - before));
    }

    /** How many mistakes the answer of a request has told of so far. */
    private static final class ToldRefusals {
        final AtomicInteger count = new AtomicInteger();
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

    public static @Nullable FileException find(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
            if (cause instanceof FileException refusal) {
                return refusal;
            }
            if (cause instanceof UploadAbortedException aborted) {
                return aborted.refusal();
            }
            cause = cause.getCause();
        }
        return null;
    }

    private static ErrorClassification classification(FileErrorCode code) {
        return switch (code) {
            case FILE_STORE_UNAVAILABLE, FILE_SERVER_BUSY, FILE_CHECK_FAILED -> ErrorType.DataFetchingException;
            default -> ErrorType.ValidationError;
        };
    }
}
