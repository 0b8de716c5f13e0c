package io.graphqlfiles.internal.execution;

import graphql.ErrorClassification;
import graphql.ErrorType;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLTypeUtil;
import io.graphqlfiles.FileErrorCode;
import io.graphqlfiles.FileException;
import io.graphqlfiles.FileListener;
import io.graphqlfiles.internal.body.UploadAbortedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Turns a {@link FileException} into what a client reads, and notifies the listeners. An answer reports a number of
 * mistakes, whatever they are, so that none grows far beyond its request; a field without an error is null then.
 */
public final class FileErrors {

    /** Deep enough for what frameworks wrap around an exception, and an end for cycles. */
    private static final int MAX_CAUSES = 16;

    private static final int MAX_REPORTED_BY_FIELD = 20;
    private static final int MAX_REPORTED = 100;

    private final FileListeners listeners;

    public FileErrors(FileListeners listeners) {
        this.listeners = listeners;
    }

    public DataFetcherResult<Object> result(DataFetchingEnvironment environment, FileException refusal) {
        return result(environment, List.of(new Refusal(refusal, null)));
    }

    public DataFetcherResult<Object> result(DataFetchingEnvironment environment, FilesRefusedException refused) {
        return result(environment, refused.refusals());
    }

    private DataFetcherResult<Object> result(DataFetchingEnvironment environment, List<Refusal> refusals) {
        Reported reported = environment.getGraphQlContext().computeIfAbsent(Reported.class, key -> new Reported());
        int wanted = Math.min(refusals.size(), MAX_REPORTED_BY_FIELD);
        int granted = reported.grant(wanted);
        List<GraphQLError> all = new ArrayList<>();
        for (Refusal refusal : refusals.subList(0, granted)) {
            all.add(error(environment, refusal.exception(), refusal.path()));
        }
        if (granted < refusals.size()) {
            Refusal next = refusals.get(granted);
            FileException rest = granted == wanted
                    ? restOfField(next.exception(), refusals.size() - granted)
                    : restOfAnswer(next.exception(), reported.isEndReported(), environment);
            if (rest == null) {
                notifyListeners(environment, next.exception().code());
            } else {
                all.add(error(environment, rest, next.path()));
            }
        }
        // Returned, not thrown: every server passes returned errors on as they are.
        return DataFetcherResult.newResult().errors(all).build();
    }

    private static FileException restOfField(FileException next, int count) {
        return new FileException(
                        next.code(),
                        count + (count == 1 ? " more mistake is" : " more mistakes are")
                                + " not listed; the first of them: " + next.getMessage())
                .with("count", count);
    }

    /** Null for none: at a field that can be null the engine misses no error. */
    private static @Nullable FileException restOfAnswer(
            FileException next, boolean isEndReported, DataFetchingEnvironment environment) {
        if (!isEndReported) {
            return new FileException(
                    next.code(),
                    "Further mistakes of the request are not listed; the first of them: " + next.getMessage());
        }
        return GraphQLTypeUtil.isNonNull(environment.getFieldType())
                ? new FileException(next.code(), "One of further mistakes.")
                : null;
    }

    /** What the answer of a request has reported so far. */
    private static final class Reported {
        private final AtomicInteger mistakes = new AtomicInteger();
        private final AtomicBoolean end = new AtomicBoolean();

        /** How many of so many mistakes may be reported one by one. */
        int grant(int wanted) {
            int before = mistakes.getAndUpdate(reported -> Math.min(reported + wanted, MAX_REPORTED));
            return Math.min(wanted, MAX_REPORTED - before);
        }

        /** False to the first who asks, who reports it. */
        boolean isEndReported() {
            return end.getAndSet(true);
        }
    }

    private void notifyListeners(DataFetchingEnvironment environment, FileErrorCode code) {
        if (!listeners.isEmpty()) {
            listeners.refused(new FileListener.Refused(coordinate(environment), code));
        }
    }

    private GraphQLError error(
            DataFetchingEnvironment environment, FileException refusal, @Nullable List<Object> inputPath) {
        notifyListeners(environment, refusal.code());
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
