package io.graphqlfiles.internal.execution;

import graphql.schema.DataFetchingEnvironment;
import io.graphqlfiles.FileErrorCode;
import io.graphqlfiles.FileException;
import io.graphqlfiles.spi.BlobStoreException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs what the library's own data fetchers do where it may block, and makes GraphQL errors of what they throw. */
public final class OperationRunner {

    private static final Logger LOG = LoggerFactory.getLogger(OperationRunner.class);

    private final FileErrors errors;
    private final @Nullable Executor executor;

    /** @param executor null for the thread that asks */
    public OperationRunner(FileErrors errors, @Nullable Executor executor) {
        this.errors = errors;
        this.executor = executor;
    }

    /** What a data fetcher of this library does; it may refuse, and the store may fail. */
    public interface Operation {
        @Nullable
        Object run(DataFetchingEnvironment environment);
    }

    /** Source object of fields that may need the store. */
    public interface Source {

        /** Whether an answer may take long. */
        boolean mayBlock();
    }

    /** Runs what may ask the store or the application. */
    @SuppressWarnings("FutureReturnValueIgnored") // the engine waits for it
    public @Nullable Object run(Operation operation, DataFetchingEnvironment environment) {
        return run(operation, environment, () -> {});
    }

    /** The same, if the first step lets it: that one is made in the thread that asks, and blocks nobody. */
    @SuppressWarnings("FutureReturnValueIgnored") // the engine waits for it
    public @Nullable Object run(Operation operation, DataFetchingEnvironment environment, Runnable first) {
        try {
            first.run();
        } catch (FileException e) {
            return errors.result(environment, e);
        }
        if (executor == null) {
            return runHere(operation, environment);
        }
        return runOn(executor, operation, environment);
    }

    private CompletableFuture<@Nullable Object> runOn(
            Executor executor, Operation operation, DataFetchingEnvironment environment) {
        CompletableFuture<@Nullable Object> later = new CompletableFuture<>();
        try {
            executor.execute(() -> {
                try {
                    Completion.of(later, runHere(operation, environment));
                } catch (RuntimeException | Error e) {
                    later.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) { // no room, or shut down
            later.complete(errors.result(environment, overloaded()));
        }
        return later;
    }

    public static FileException overloaded() {
        return new FileException(FileErrorCode.FILE_SERVER_BUSY, "The server has too much to do; try again later.");
    }

    /** Runs what blocks nobody, in the thread that asks. */
    public @Nullable Object runHere(Operation operation, DataFetchingEnvironment environment) {
        FileException refusal;
        try {
            return operation.run(environment);
        } catch (FileException e) {
            refusal = e;
        } catch (BlobStoreException e) {
            LOG.error("{} failed", environment.getField().getName(), e);
            refusal = new FileException(
                    FileErrorCode.FILE_STORE_UNAVAILABLE, "The store did not answer; try again later.", e);
        }
        return errors.result(environment, refusal);
    }
}
