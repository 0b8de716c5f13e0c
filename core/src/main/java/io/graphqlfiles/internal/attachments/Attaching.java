package io.graphqlfiles.internal.attachments;

import graphql.schema.DataFetchingEnvironment;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.UnitOfWork;
import io.graphqlfiles.internal.blob.AttachmentLifecycle;
import io.graphqlfiles.internal.schema.AttachmentPlan;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Attaches and discards files with the calls of one field. */
public final class Attaching {

    private final AttachmentPlan plan;
    private final AttachmentLifecycle lifecycle;
    private final UnitOfWork unitOfWork;
    private final @Nullable Executor executor;

    Attaching(AttachmentPlan plan, AttachmentLifecycle lifecycle, UnitOfWork unitOfWork, @Nullable Executor executor) {
        this.plan = plan;
        this.lifecycle = lifecycle;
        this.unitOfWork = unitOfWork;
        this.executor = executor;
    }

    /** Whether a call with these inputs changes attached files. */
    public boolean concerns(List<AttachmentInput> inputs) {
        return !inputs.isEmpty() || plan.deletion() != null;
    }

    /**
     * The frame of one call.
     *
     * @param stored all files of the call, in the order that the inputs count them in
     */
    public OutcomeFrame frame(
            DataFetchingEnvironment environment, List<AttachmentInput> inputs, List<StoredFile> stored) {
        AttachmentCall call = new AttachmentCall(plan, environment, inputs, stored, lifecycle);
        return new AttachmentFrame(call, lifecycle, unitOfWork, executor);
    }
}
