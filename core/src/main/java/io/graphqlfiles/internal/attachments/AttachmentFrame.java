package io.graphqlfiles.internal.attachments;

import io.graphqlfiles.FileErrorCode;
import io.graphqlfiles.FileException;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.UnitOfWork;
import io.graphqlfiles.internal.blob.AttachmentLifecycle;
import io.graphqlfiles.spi.BlobReference;
import io.graphqlfiles.spi.attachment.AttachmentConflictException;
import io.graphqlfiles.spi.attachment.AttachmentStoreException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The unit of work in which a data fetcher is called and its files are attached. One call. */
final class AttachmentFrame implements OutcomeFrame {

    private static final Logger LOG = LoggerFactory.getLogger(AttachmentFrame.class);

    private final AttachmentCall call;
    private final List<StoredFile> stored;
    private final AttachmentLifecycle lifecycle;
    private final UnitOfWork unitOfWork;
    private final @Nullable Executor executor;
    private Collection<BlobReference> discarded = List.of();

    AttachmentFrame(
            AttachmentCall call,
            List<StoredFile> stored,
            AttachmentLifecycle lifecycle,
            UnitOfWork unitOfWork,
            @Nullable Executor executor) {
        this.call = call;
        this.stored = stored;
        this.lifecycle = lifecycle;
        this.unitOfWork = unitOfWork;
        this.executor = executor;
    }

    @Override
    public @Nullable Object run(
            Callable<@Nullable Object> work,
            UnitOfWork.Completion<@Nullable Object> completion,
            Runnable onSuccess,
            Runnable onRollback)
            throws Exception {
        TransactionWatch watch = new TransactionWatch();
        Object result;
        try {
            result = unitOfWork.<@Nullable Object>run(work, value -> {
                completion.complete(value);
                unitOfWork.afterRollback(() -> watch.ended(onRollback));
                unitOfWork.afterCommit(() -> watch.ended(() -> {
                    onSuccess.run();
                    lifecycle.delete(discarded);
                }));
            });
        } catch (AttachmentConflictException e) {
            throw conflict(e);
        }
        watch.returned();
        return result;
    }

    @Override
    public void complete(@Nullable Object result) throws Exception {
        try {
            discarded = call.attach(result, stored);
        } catch (AttachmentConflictException e) {
            throw conflict(e);
        } catch (AttachmentStoreException e) {
            throw unavailable(e);
        }
    }

    static FileException unavailable(AttachmentStoreException failure) {
        LOG.error("Attached files could not be changed", failure);
        return new FileException(
                FileErrorCode.FILE_STORE_UNAVAILABLE,
                "The files of the record could not be changed; nothing was changed. Try again later.",
                failure);
    }

    private static FileException conflict(AttachmentConflictException failure) {
        // It may also be a file that has been attached before, which no second try will change.
        LOG.info("Files were not attached: {}", failure.getMessage());
        LOG.debug("Files were not attached", failure);
        return new FileException(
                FileErrorCode.FILE_CONFLICT,
                "The record or its files were changed by someone else at the same time; nothing was changed. Try again.",
                failure);
    }

    @Override
    public @Nullable Executor executor() {
        return executor;
    }

    /**
     * Runs what follows from the end of the transaction when that is over. Hooks run while the transaction still holds
     * its connection, which deleting from a slow store should not; so what follows waits for the unit of work to return
     * where that is what ends the transaction. If it throws, nothing follows here.
     */
    private static final class TransactionWatch {

        private @Nullable Runnable consequence;
        private boolean isOver;

        void ended(Runnable consequence) {
            synchronized (this) {
                this.consequence = consequence;
                if (!isOver) {
                    return;
                }
            }
            consequence.run();
        }

        void returned() {
            Runnable due;
            synchronized (this) {
                isOver = true;
                due = consequence;
            }
            if (due != null) {
                due.run();
            }
        }
    }
}
