package io.graphqlfiles.internal.wiring;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationCreateStateParameters;
import graphql.execution.instrumentation.parameters.InstrumentationExecuteOperationParameters;
import graphql.execution.instrumentation.parameters.InstrumentationExecutionParameters;
import io.graphqlfiles.internal.attachments.AttachmentLoader;
import io.graphqlfiles.internal.multipart.GivenUploads;
import io.graphqlfiles.internal.multipart.LiveUploads;
import org.dataloader.DataLoaderRegistry;
import org.jspecify.annotations.Nullable;

/**
 * What each execution needs before its first data fetcher is called: its uploads checked, and a registry of DataLoaders
 * if it has none, because the engine batches nothing without. Costs nothing for each field.
 */
public final class FilesInstrumentation extends SimplePerformantInstrumentation {

    private final LiveUploads uploads;

    public FilesInstrumentation(LiveUploads uploads) {
        this.uploads = uploads;
    }

    /** The first that the engine calls: nobody has seen the variables yet. */
    @Override
    public InstrumentationState createState(InstrumentationCreateStateParameters parameters) {
        return GivenUploads.take(
                uploads, parameters.getExecutionInput().getRawVariables().toMap());
    }

    @Override
    public ExecutionInput instrumentExecutionInput(
            ExecutionInput input, InstrumentationExecutionParameters parameters, @Nullable InstrumentationState state) {
        return AttachmentLoader.hasNone(input.getDataLoaderRegistry())
                ? input.transform(builder -> builder.dataLoaderRegistry(new DataLoaderRegistry()))
                : input;
    }

    /** The first call with coerced variables, and the last before a data fetcher is called. */
    @Override
    public @Nullable InstrumentationContext<ExecutionResult> beginExecuteOperation(
            InstrumentationExecuteOperationParameters parameters, @Nullable InstrumentationState state) {
        if (state instanceof GivenUploads given) {
            given.requireCoerced(
                    parameters.getExecutionContext().getCoercedVariables().toMap());
        }
        return super.beginExecuteOperation(parameters, state);
    }
}
