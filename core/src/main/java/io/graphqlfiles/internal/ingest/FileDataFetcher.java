package io.graphqlfiles.internal.ingest;

import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.DataFetchingEnvironmentImpl;
import graphql.schema.DelegatingDataFetchingEnvironment;
import io.graphqlfiles.FileException;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.internal.attachments.Attaching;
import io.graphqlfiles.internal.attachments.AttachmentCall;
import io.graphqlfiles.internal.attachments.OutcomeFrame;
import io.graphqlfiles.internal.blob.FileDeletion;
import io.graphqlfiles.internal.execution.Completion;
import io.graphqlfiles.internal.execution.FileErrors;
import io.graphqlfiles.internal.execution.FilesRefusedException;
import io.graphqlfiles.internal.execution.OperationRunner;
import io.graphqlfiles.internal.owner.AttachmentInput;
import io.graphqlfiles.internal.schema.InputPlan;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Stands around a data fetcher whose arguments can hold files, or whose change can mark files as no longer needed. It
 * stores the files first and gives the data fetcher a {@link StoredFile} in place of each; then it watches what becomes
 * of the call.
 */
public final class FileDataFetcher implements DataFetcher<@Nullable Object> {

    private final DataFetcher<?> delegate;
    private final Map<String, InputPlan> plans;
    private final FileIngest ingest;
    private final OwnFiles ownFiles;
    private final FileDeletion deletion;
    private final FileErrors errors;
    private final @Nullable Executor executor;
    private final @Nullable Executor uploadExecutor;
    private final @Nullable Attaching attaching;
    private final OutcomeFrame plain;

    /**
     * Wraps a data fetcher.
     *
     * @param executor null for the thread that asks
     * @param uploadExecutor for calls that wait for clients
     * @param attaching what becomes of attached files; null if the field changes none
     * @param plain of calls that change none
     */
    public FileDataFetcher(
            DataFetcher<?> delegate,
            Map<String, InputPlan> plans,
            FileIngest ingest,
            OwnFiles ownFiles,
            FileDeletion deletion,
            FileErrors errors,
            @Nullable Executor executor,
            @Nullable Executor uploadExecutor,
            @Nullable Attaching attaching,
            OutcomeFrame plain) {
        this.delegate = delegate;
        this.plans = plans;
        this.ingest = ingest;
        this.ownFiles = ownFiles;
        this.deletion = deletion;
        this.errors = errors;
        this.executor = executor;
        this.uploadExecutor = uploadExecutor;
        this.attaching = attaching;
        this.plain = plain;
    }

    @Override
    public @Nullable Object get(DataFetchingEnvironment environment) throws Exception {
        FileInputs inputs;
        try {
            inputs = ingest.find(plans, environment);
        } catch (FilesRefusedException e) {
            return errors.result(environment, e);
        }
        FieldOutcome outcome = new FieldOutcome(environment, deletion, errors, ownFiles, executor);
        boolean changesAttachments = attaching != null && attaching.concerns(inputs.attachments());
        boolean hasWork = !inputs.files().isEmpty() || !inputs.refusals().isEmpty() || changesAttachments;
        // One that attaches blocks as it likes, in whose transaction it is: in the same kind of thread without files
        // too.
        if (!hasWork && (executor == null || attaching == null)) {
            return outcome.watch(() -> delegate.get(environment), plain, executor == null);
        }
        Executor where = executor != null && inputs.hasUpload() ? uploadExecutor : executor;
        if (where == null) {
            // In the request's own thread: its security, locale and transaction hold for what follows.
            return storeAndCall(environment, inputs, outcome);
        }
        return storeAndCallOn(where, environment, inputs, outcome);
    }

    private @Nullable Object storeAndCall(DataFetchingEnvironment environment, FileInputs inputs, FieldOutcome outcome)
            throws Exception {
        AttachmentCall attachments;
        List<StoredFile> files;
        try {
            FileIngest.Call call = ingest.accept(environment, inputs);
            // After the question who may do this, before the bytes.
            List<AttachmentInput> attached = inputs.attachments();
            attachments =
                    attaching != null && attaching.concerns(attached) ? attaching.begin(environment, attached) : null;
            files = ingest.store(call, outcome);
        } catch (FilesRefusedException e) {
            outcome.fail();
            return errors.result(environment, e);
        } catch (FileException e) {
            outcome.fail();
            return errors.result(environment, e);
        } catch (RuntimeException | Error e) {
            outcome.fail();
            throw e;
        }
        DataFetchingEnvironment replaced = withArguments(environment, inputs.replaceBy(files));
        OutcomeFrame frame = attaching != null && attachments != null ? attaching.frame(attachments, files) : plain;
        return outcome.watch(() -> delegate.get(replaced), frame, true);
    }

    /**
     * All in one task: whatever becomes of the future that the engine holds, a task that has begun comes to its
     * outcome.
     */
    private CompletableFuture<@Nullable Object> storeAndCallOn(
            Executor executor, DataFetchingEnvironment environment, FileInputs inputs, FieldOutcome outcome) {
        CompletableFuture<@Nullable Object> later = new CompletableFuture<>();
        try {
            executor.execute(() -> {
                try {
                    completeWith(storeAndCall(environment, inputs, outcome), later, environment);
                } catch (Exception | Error e) {
                    later.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) { // no room, or shut down
            outcome.fail();
            return CompletableFuture.completedFuture(errors.result(environment, OperationRunner.overloaded()));
        }
        return later;
    }

    private static void completeWith(
            @Nullable Object result, CompletableFuture<@Nullable Object> later, DataFetchingEnvironment environment) {
        Completion.of(later, result);
        if (!later.isDone()) {
            // The engine has passed the point where it dispatches DataLoaders for this level.
            environment.getDataLoaderRegistry().dispatchAll();
        }
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
