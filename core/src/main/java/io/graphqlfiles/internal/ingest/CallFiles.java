package io.graphqlfiles.internal.ingest;

import io.graphqlfiles.FileErrorCode;
import io.graphqlfiles.FileException;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.Upload;
import io.graphqlfiles.internal.blob.NewBlob;
import io.graphqlfiles.internal.blob.NewBlobs;
import io.graphqlfiles.internal.blob.Tenancy;
import io.graphqlfiles.internal.execution.FileThreads;
import io.graphqlfiles.internal.execution.FilesRefusedException;
import io.graphqlfiles.internal.execution.ParallelTasks;
import io.graphqlfiles.internal.execution.Refusal;
import io.graphqlfiles.internal.multipart.UploadPart;
import io.graphqlfiles.spi.attachment.AttachmentStoreException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * In which order and in which threads the files of one call are stored. Parts of the body stay in the thread of the
 * call, in the order in which they arrive; so does what the database is asked. The others need not wait for each other.
 */
public final class CallFiles {

    private static final Logger LOG = LoggerFactory.getLogger(CallFiles.class);

    private final NewBlobs blobs;
    private final FileThreads threads;
    private final Tenancy tenancy;

    public CallFiles(NewBlobs blobs, FileThreads threads, Tenancy tenancy) {
        this.blobs = blobs;
        this.threads = threads;
        this.tenancy = tenancy;
    }

    /**
     * Stores all of them.
     *
     * @param tenant whose they are; null without tenants
     * @param storing stores one; throws {@link FileException} if it is refused
     * @param outcome is notified of each file that is stored, also when another fails
     * @return in the order of the files
     * @throws FilesRefusedException of the first that was refused, in the order in which they are stored
     */
    List<StoredFile> store(
            List<IncomingFile> files,
            @Nullable String tenant,
            BiFunction<IncomingFile, NewBlob, StoredFile> storing,
            FieldOutcome outcome) {
        int[] order = inBodyOrder(files);
        List<IncomingFile> ordered = Arrays.stream(order).mapToObj(files::get).toList();
        int parts = (int) files.stream().filter(CallFiles::isPart).count();
        // A thread is worth it if two files can go at once.
        boolean together = threads.filesAtOnce() > 1 && files.size() > 1 && parts < files.size();
        List<StoredFile> stored = together
                ? sideBySide(ordered, tenant, parts, storing, outcome)
                : inTurn(ordered, tenant, storing, outcome);
        return IntStream.range(0, order.length)
                .boxed()
                .sorted(Comparator.comparing(position -> order[position]))
                .map(stored::get)
                .toList();
    }

    /** The file could not be stored, through no fault of the client. */
    static FileException unavailable(IncomingFile file, Exception failure) {
        LOG.error("A file for {} could not be stored", file.field().coordinate(), failure);
        return new FileException(
                FileErrorCode.FILE_STORE_UNAVAILABLE, "The file could not be stored; try again later.", failure);
    }

    private List<StoredFile> inTurn(
            List<IncomingFile> files,
            @Nullable String tenant,
            BiFunction<IncomingFile, NewBlob, StoredFile> storing,
            FieldOutcome outcome) {
        List<StoredFile> stored = new ArrayList<>();
        for (IncomingFile file : files) {
            try {
                StoredFile result = storing.apply(file, blobs.next(file.field(), tenant));
                outcome.addStored(result);
                stored.add(result);
            } catch (FileException e) {
                throw refused(file, e);
            }
        }
        return stored;
    }

    private List<StoredFile> sideBySide(
            List<IncomingFile> files,
            @Nullable String tenant,
            int parts,
            BiFunction<IncomingFile, NewBlob, StoredFile> storing,
            FieldOutcome outcome) {
        List<NewBlob> places = announce(files, tenant);
        List<Supplier<StoredFile>> tasks = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            IncomingFile file = files.get(i);
            NewBlob place = places.get(i);
            // In another thread its tenant is to be known too: to validators that ask a database.
            tasks.add(() -> tenancy.call(tenant, () -> storing.apply(file, place)));
        }
        List<ParallelTasks.Outcome<StoredFile>> ended;
        try {
            ended = ParallelTasks.run(threads, tasks, parts);
        } finally {
            places.forEach(NewBlob::settle);
        }
        List<StoredFile> stored = new ArrayList<>();
        for (ParallelTasks.Outcome<StoredFile> end : ended) {
            if (end.result() != null) {
                outcome.addStored(end.result());
                stored.add(end.result());
            }
        }
        for (int i = 0; i < files.size(); i++) {
            throwFailure(files.get(i), ended.get(i).failure());
        }
        if (stored.size() < files.size()) {
            IncomingFile first = files.get(0);
            throw refused(first, unavailable(first, new InterruptedIOException("the thread was interrupted")));
        }
        return stored;
    }

    private List<NewBlob> announce(List<IncomingFile> files, @Nullable String tenant) {
        try {
            return blobs.next(files.stream().map(IncomingFile::field).toList(), tenant);
        } catch (AttachmentStoreException e) {
            throw refused(files.get(0), unavailable(files.get(0), e));
        }
    }

    private static void throwFailure(IncomingFile file, @Nullable Throwable failure) {
        if (failure instanceof FileException refusal) {
            throw refused(file, refusal);
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
    }

    private static FilesRefusedException refused(IncomingFile file, FileException refusal) {
        return new FilesRefusedException(List.of(new Refusal(refusal, file.path())));
    }

    /** Parts of the body in the order in which they arrive, so that none has to be put aside; then the others. */
    private static int[] inBodyOrder(List<IncomingFile> files) {
        return IntStream.range(0, files.size())
                .boxed()
                .sorted(Comparator.comparingInt(index -> positionOf(files.get(index))))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static int positionOf(IncomingFile file) {
        if (file.value() instanceof UploadPart part) {
            return part.order();
        }
        return isPart(file) ? Integer.MAX_VALUE - 1 : Integer.MAX_VALUE;
    }

    private static boolean isPart(IncomingFile file) {
        return file.value() instanceof Upload;
    }
}
