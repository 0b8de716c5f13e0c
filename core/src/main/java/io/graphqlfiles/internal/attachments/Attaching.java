package io.graphqlfiles.internal.attachments;

import graphql.schema.DataFetchingEnvironment;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.UnitOfWork;
import io.graphqlfiles.internal.blob.AttachmentLifecycle;
import io.graphqlfiles.internal.owner.AttachmentInput;
import io.graphqlfiles.internal.owner.AttachmentPlan;
import io.graphqlfiles.spi.attachment.AttachmentStoreException;
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
        return !inputs.isEmpty() || !plan.deletions().isEmpty();
    }

    /**
     * Begins one call. To be called before anything is changed, or stored.
     *
     * @throws io.graphqlfiles.FileException if it names a record by an id that may be another's
     */
    public AttachmentCall begin(DataFetchingEnvironment environment, List<AttachmentInput> inputs) {
        try {
            return AttachmentCall.begin(plan, environment, inputs, lifecycle);
        } catch (AttachmentStoreException e) {
            throw AttachmentFrame.unavailable(e);
        }
    }

    /**
     * The frame of one call.
     *
     * @param stored all files of the call, in the order that the inputs count them in
     */
    public OutcomeFrame frame(AttachmentCall call, List<StoredFile> stored) {
        return new AttachmentFrame(call, stored, lifecycle, unitOfWork, executor);
    }
}
