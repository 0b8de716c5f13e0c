package io.graphqlfiles.internal.attachments;

import graphql.ExecutionInput;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecutionParameters;
import org.dataloader.DataLoaderRegistry;
import org.jspecify.annotations.Nullable;

/** Gives each request that has no registry of DataLoaders one of its own: without, the engine batches nothing. */
public final class RequestDataLoaders extends SimplePerformantInstrumentation {

    @Override
    public ExecutionInput instrumentExecutionInput(
            ExecutionInput input, InstrumentationExecutionParameters parameters, @Nullable InstrumentationState state) {
        return AttachmentLoader.hasNone(input.getDataLoaderRegistry())
                ? input.transform(builder -> builder.dataLoaderRegistry(new DataLoaderRegistry()))
                : input;
    }
}
