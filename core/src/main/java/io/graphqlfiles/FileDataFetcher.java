package io.graphqlfiles;

import graphql.GraphQLError;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.DataFetchingEnvironmentImpl;
import graphql.schema.DelegatingDataFetchingEnvironment;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Stands around a data fetcher whose arguments can hold files, or whose change can leave files unneeded. It stores the files
 * first and gives the data fetcher a {@link StoredFile} in place of each; then it watches what becomes of the call.
 */
final class FileDataFetcher implements DataFetcher<@Nullable Object> {

    private final DataFetcher<?> delegate;
    private final Map<String, InputPlan> plans;
    private final FileIngest ingest;
    private final FileDeletion deletion;
    private final @Nullable Executor executor;

    FileDataFetcher(
            DataFetcher<?> delegate,
            Map<String, InputPlan> plans,
            FileIngest ingest,
            FileDeletion deletion,
            @Nullable Executor executor) {
        this.delegate = delegate;
        this.plans = plans;
        this.ingest = ingest;
        this.deletion = deletion;
        this.executor = executor;
    }

    @Override
    public @Nullable Object get(DataFetchingEnvironment environment) throws Exception {
        FileInputs inputs = FileInputs.find(plans, environment.getArguments());
        FieldOutcome outcome = new FieldOutcome(environment, deletion);
        if (inputs.files().isEmpty() && inputs.refusals().isEmpty()) {
            return outcome.watch(() -> delegate.get(environment));
        }
        if (executor == null) {
            // In the request's own thread: its security, locale and transaction hold for what follows.
            return proceed(store(environment, inputs, outcome), environment, inputs, outcome);
        }
        return CompletableFuture.supplyAsync(() -> store(environment, inputs, outcome), executor)
                .thenCompose(stored -> proceedLater(stored, environment, inputs, outcome));
    }

    /**
     * The files of one call, or the errors that tell the client why there are none.
     *
     * @param files null if they were refused
     */
    private record Storing(@Nullable List<StoredFile> files, List<GraphQLError> errors) {}

    private Storing store(DataFetchingEnvironment environment, FileInputs inputs, FieldOutcome outcome) {
        try {
            return new Storing(ingest.store(environment, inputs, outcome), List.of());
        } catch (FilesRefusedException e) {
            outcome.fail();
            return new Storing(
                    null,
                    e.refusals().stream()
                            .map(refusal -> FileErrors.error(environment, refusal.exception(), refusal.path()))
                            .toList());
        } catch (RuntimeException | Error e) {
            outcome.fail();
            throw e;
        }
    }

    private @Nullable Object proceed(
            Storing storing, DataFetchingEnvironment environment, FileInputs inputs, FieldOutcome outcome)
            throws Exception {
        List<StoredFile> files = storing.files();
        if (files == null) {
            return FileErrors.result(storing.errors());
        }
        DataFetchingEnvironment replaced = withArguments(environment, inputs.replaceBy(files));
        return outcome.watch(() -> delegate.get(replaced));
    }

    private CompletableFuture<@Nullable Object> proceedLater(
            Storing storing, DataFetchingEnvironment environment, FileInputs inputs, FieldOutcome outcome) {
        Object result;
        try {
            result = proceed(storing, environment, inputs, outcome);
        } catch (Exception e) {
            return CompletableFuture.failedFuture(e);
        }
        if (!(result instanceof CompletableFuture<?> later)) {
            return CompletableFuture.completedFuture(result);
        }
        if (!later.isDone()) {
            // The engine has passed the point where it dispatches DataLoaders for this level.
            environment.getDataLoaderRegistry().dispatchAll();
        }
        return later.thenApply(value -> value);
    }

    private static DataFetchingEnvironment withArguments(
            DataFetchingEnvironment environment, Map<String, Object> arguments) {
        // Frameworks build upon the engine's own implementation (its builder casts), so it stays one where it is one.
        if (environment instanceof DataFetchingEnvironmentImpl) {
            return DataFetchingEnvironmentImpl.newDataFetchingEnvironment(environment)
                    .arguments(arguments)
                    .build();
        }
        return new ReplacedArguments(environment, arguments);
    }

    private static final class ReplacedArguments extends DelegatingDataFetchingEnvironment {

        private final Map<String, Object> arguments;

        ReplacedArguments(DataFetchingEnvironment delegate, Map<String, Object> arguments) {
            super(delegate);
            this.arguments = arguments;
        }

        @Override
        public Map<String, Object> getArguments() {
            return arguments;
        }

        @Override
        public boolean containsArgument(String name) {
            return arguments.containsKey(name);
        }

        @Override
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"}) // as declared by the interface
        public <T> T getArgument(String name) {
            return (T) arguments.get(name);
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T> T getArgumentOrDefault(String name, T defaultValue) {
            return (T) arguments.getOrDefault(name, defaultValue);
        }
    }
}
