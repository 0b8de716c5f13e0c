package io.graphqlfiles.internal.ingest;

import io.graphqlfiles.FileCandidate;
import io.graphqlfiles.FileErrorCode;
import io.graphqlfiles.FileException;
import io.graphqlfiles.FileField;
import io.graphqlfiles.FileSource;
import io.graphqlfiles.FileSourceType;
import io.graphqlfiles.FileValidator;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.internal.blob.BlobStores;
import io.graphqlfiles.internal.blob.NewBlob;
import io.graphqlfiles.internal.blob.NewBlobs;
import io.graphqlfiles.internal.check.CheckedContent;
import io.graphqlfiles.internal.check.FileChecks;
import io.graphqlfiles.internal.check.FileClaims;
import io.graphqlfiles.internal.check.FileInspection;
import io.graphqlfiles.internal.check.RequestBudget;
import io.graphqlfiles.internal.execution.FileErrors;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.media.MalformedContentException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way from bytes to a {@link StoredFile}: limits, type from the content, name, the field's rules, the store,
 * the application's own checks. Content is streamed; of the file no more than its head is ever in memory.
 */
public final class FilePipeline {

    private static final Logger LOG = LoggerFactory.getLogger(FilePipeline.class);

    private final BlobStores stores;
    private final NewBlobs blobs;
    private final FileChecks checks;
    private final FileInspection inspection;
    private final List<FileValidator> validators;
    private final BiConsumer<FileField, StoredFile> whenStored;

    /** @param whenStored is told of each file that has passed all checks; returns at once */
    public FilePipeline(
            BlobStores stores,
            NewBlobs blobs,
            FileChecks checks,
            FileInspection inspection,
            List<FileValidator> validators,
            BiConsumer<FileField, StoredFile> whenStored) {
        this.stores = stores;
        this.blobs = blobs;
        this.checks = checks;
        this.inspection = inspection;
        this.validators = List.copyOf(validators);
        this.whenStored = whenStored;
    }

    /**
     * Stores a file of the application's own.
     *
     * @param tenant whose it is; null without tenants
     * @throws FileException if it is refused; nothing is stored then
     * @throws IOException if its content cannot be read; nothing is stored then
     */
    public StoredFile store(FileField field, FileSource source, RequestBudget budget, @Nullable String tenant)
            throws IOException {
        return store(field, source, null, budget, blobs.next(field, tenant));
    }

    /**
     * Stores a file.
     *
     * @param way the way in which it comes; null if the application stores it on its own
     * @throws FileException if it is refused; nothing is stored then
     * @throws IOException if its content cannot be read; nothing is stored then
     */
    public StoredFile store(
            FileField field, FileSource source, @Nullable FileSourceType way, RequestBudget budget, NewBlob blob)
            throws IOException {
        return store(
                field, new Incoming(source, way, FileClaims.given(source.fileName(), source.mimeType())), budget, blob);
    }

    /** Likewise, under a clean name that nobody gave and whose extension may be wrong, or none. */
    StoredFile storeWithGuessedName(
            FileField field, FileSource source, @Nullable FileSourceType way, RequestBudget budget, NewBlob blob)
            throws IOException {
        return store(
                field,
                new Incoming(source, way, new FileClaims(source.fileName(), true, source.mimeType())),
                budget,
                blob);
    }

    private record Incoming(FileSource source, @Nullable FileSourceType way, FileClaims claims) {}

    private StoredFile store(FileField field, Incoming incoming, RequestBudget budget, NewBlob blob)
            throws IOException {
        if (incoming.source().byteSize() != FileSource.UNKNOWN_SIZE) {
            checks.size(field, incoming.way(), incoming.source().byteSize());
        }
        StoredFile file = read(field, incoming, budget, blob);
        return validate(field, file, blob, () -> checks.size(field, incoming.way(), file.byteSize()));
    }

    private StoredFile read(FileField field, Incoming incoming, RequestBudget budget, NewBlob blob) throws IOException {
        StoredFile file = null;
        try (InputStream content = incoming.source().open()) {
            file = put(field, incoming, content, budget, blob);
            return file;
        } catch (IOException | RuntimeException | Error e) {
            // Closing is the last that can fail: what cannot be closed may not have been whole.
            if (file != null) {
                blob.discard(file, "after its content could not be closed");
            }
            throw e;
        }
    }

    private StoredFile put(
            FileField field, Incoming incoming, InputStream content, RequestBudget budget, NewBlob newBlob)
            throws IOException {
        FileSource source = incoming.source();
        long max = checks.maxByteSize(field, incoming.way());
        CheckedContent checked = new CheckedContent(content, max, () -> checks.tooLarge(field, max), budget);
        byte[] head = checked.head(FileChecks.HEAD_LENGTH);
        FileChecks.Checked file = checks.content(field, head, incoming.claims());
        FileInspection.Found found = inspection.head(field, file.mimeType(), head);
        InputStream stored = inspection.stripped(field, file.mimeType(), checked);
        String key = newBlob.key();
        boolean isSizeKnown = source.byteSize() != FileSource.UNKNOWN_SIZE && !field.stripsMetadata();
        PutRequest blob = new PutRequest(
                key,
                isSizeKnown ? source.byteSize() : PutRequest.UNKNOWN_SIZE,
                file.contentType(),
                file.contentDisposition(),
                field.visibility());
        BlobStore store = stores.store(field.store());
        StoredFile put;
        try {
            put = checks.stored(field, store.put(blob, stored), file);
        } catch (MalformedContentException e) {
            newBlob.failed(key, e);
            throw FileInspection.malformed(e);
        } catch (IOException | RuntimeException | Error e) {
            newBlob.failed(key, e);
            throw e;
        }
        return inspect(field, put, found, newBlob);
    }

    /**
     * Finds the facts that the head did not tell.
     *
     * @throws FileException if the file is refused for them; its blob is deleted then, and after every other failure
     */
    StoredFile inspect(FileField field, StoredFile file, FileInspection.Found found, NewBlob blob) {
        try {
            return inspection.complete(field, file, found, stores.store(file.store()));
        } catch (RuntimeException | Error e) {
            blob.discard(file, "after it was refused");
            throw e;
        }
    }

    /**
     * Puts a stored file before the application's own checks.
     *
     * @param first a check of ours that goes before them
     * @throws FileException if it is refused, or a check cannot be made; its blob is deleted then, and after every
     *     other failure
     */
    StoredFile validate(FileField field, StoredFile file, NewBlob blob, Runnable first) {
        try {
            first.run();
            FileCandidate candidate = new FileCandidate(field, file, stores.store(file.store()));
            for (FileValidator validator : validators) {
                check(validator, candidate);
            }
            for (FileValidator validator : field.validators()) {
                check(validator, candidate);
            }
            whenStored.accept(field, file);
            return file;
        } catch (RuntimeException | Error e) {
            blob.discard(file, "after it was refused");
            throw e;
        }
    }

    /**
     * A check that fails on its own is no content that breaks off: that is the client's fault, this is the server's.
     */
    private static void check(FileValidator validator, FileCandidate candidate) {
        try {
            validator.validate(candidate);
        } catch (FileException | BlobStoreException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            FileException refusal = FileErrors.find(e);
            if (refusal != null) {
                throw refusal;
            }
            LOG.error("A file for {} could not be checked", candidate.field().coordinate(), e);
            throw new FileException(
                    FileErrorCode.FILE_CHECK_FAILED, "The file could not be checked; try again later.", e);
        }
    }
}
