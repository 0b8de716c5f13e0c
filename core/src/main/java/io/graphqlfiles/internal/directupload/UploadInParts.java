package io.graphqlfiles.internal.directupload;

import io.graphqlfiles.FileErrorCode;
import io.graphqlfiles.FileException;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobIntegrityException;
import io.graphqlfiles.spi.BlobNotFoundException;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.PartUpload;
import io.graphqlfiles.spi.PartUploads;
import io.graphqlfiles.spi.UploadedPart;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One direct upload in parts, as its store sees it. Clients name no parts: the store is asked which have been received.
 */
final class UploadInParts {

    private final BlobStore store;
    private final PartUploads parts;
    private final PartUpload upload;
    private final PartPlan plan;

    /** @throws FileException if the store takes no parts any more */
    UploadInParts(BlobStore store, PartUpload upload, PartPlan plan) {
        if (!(store instanceof PartUploads takesParts)) {
            throw UploadTokens.invalid("The upload token was given for a store that this server no longer has.");
        }
        this.store = store;
        this.parts = takesParts;
        this.upload = upload;
        this.plan = plan;
    }

    /**
     * The parts that have been received as they were agreed; those of another length count as missing, and are replaced
     * when they are sent again.
     *
     * @throws FileException if the upload was abandoned
     */
    UploadProgress progress() {
        List<UploadedPart> listed = list();
        if (listed == null || listed.isEmpty()) {
            // Over, or nothing has come yet.
            BlobInfo blob = store.stat(upload.key());
            if (blob != null) {
                return UploadProgress.everything();
            }
            if (listed == null) {
                throw aborted();
            }
        }
        return UploadProgress.of(good(listed));
    }

    /**
     * Makes the blob, of the very length that was announced.
     *
     * @return null if it has; otherwise what to say if there is no blob under the key either: the blob was made before,
     *     or the upload was abandoned, or nothing has been received
     * @throws FileException if some parts are missing, or were changed meanwhile
     */
    @Nullable
    FileException complete() {
        List<UploadedPart> listed = list();
        if (listed == null) {
            return aborted();
        }
        SortedMap<Integer, UploadedPart> good = good(listed);
        int missing = plan.count() - good.size();
        if (missing > 0) {
            FileException refusal = new FileException(
                    FileErrorCode.FILE_UPLOAD_INCOMPLETE,
                    missing + " of " + plan.count() + " parts are missing; ask fileUpload which, and send them first.");
            if (listed.isEmpty()) {
                // Some servers list no parts of an upload that is over.
                return refusal;
            }
            throw refusal;
        }
        try {
            parts.completeParts(upload, List.copyOf(good.values()));
            return null;
        } catch (BlobIntegrityException e) {
            throw changed();
        } catch (BlobNotFoundException e) {
            return aborted();
        }
    }

    /** Leaves nothing, also when it was completed. */
    void abort() {
        parts.abortParts(upload);
        store.delete(List.of(upload.key()));
    }

    private @Nullable List<UploadedPart> list() {
        try {
            return parts.listParts(upload);
        } catch (BlobNotFoundException e) {
            return null;
        }
    }

    private SortedMap<Integer, UploadedPart> good(List<UploadedPart> listed) {
        SortedMap<Integer, UploadedPart> good = new TreeMap<>();
        for (UploadedPart part : listed) {
            if (plan.has(part.number()) && part.byteSize() == plan.byteSize(part.number())) {
                good.put(part.number(), part);
            }
        }
        return good;
    }

    /** Somebody sent other content, or gave the upload up, while it was being used. */
    static FileException changed() {
        return new FileException(
                FileErrorCode.FILE_UPLOAD_INCOMPLETE, "The upload was changed while it was used; try again.");
    }

    static FileException aborted() {
        return new FileException(FileErrorCode.FILE_UPLOAD_INCOMPLETE, "The upload was aborted; start it again.");
    }
}
