package io.graphqlfiles.internal.pair;

import io.graphqlfiles.spi.BlobNotFoundException;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.PartUpload;
import io.graphqlfiles.spi.PartUploadRequest;
import io.graphqlfiles.spi.PartUploads;
import io.graphqlfiles.spi.PutPartRequest;
import io.graphqlfiles.spi.UploadedPart;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One that takes uploads in parts: new ones in the new store, and those that were begun in the old one there. */
final class MigratingPartStore extends MigratingBlobStore implements PartUploads {

    private static final int MOST_OLD_UPLOADS = 10_000;

    private final PartUploads to;
    private final @Nullable PartUploads from;
    /** Ids of uploads that were found in the old store, so that requests to it are signed without asking again. */
    private final Set<String> oldUploads = Collections.newSetFromMap(Collections.synchronizedMap(new LatestUploads()));

    private static final class LatestUploads extends LinkedHashMap<String, Boolean> {

        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST_OLD_UPLOADS;
        }
    }

    MigratingPartStore(BlobStore to, PartUploads parts, BlobStore from) {
        super(to, from);
        this.to = parts;
        this.from = from instanceof PartUploads old ? old : null;
    }

    @Override
    boolean isOldUpload(String uploadId) {
        return oldUploads.contains(uploadId);
    }

    @Override
    public PartUploads.Limits partLimits() {
        return to.partLimits();
    }

    @Override
    public boolean isCreateOnly() {
        return to.isCreateOnly();
    }

    @Override
    public PartUpload beginParts(PartUploadRequest begin) {
        return to.beginParts(begin);
    }

    /** Asks whose upload it is before the first byte is read, which cannot be read again. */
    @Override
    public UploadedPart putPart(PutPartRequest part, InputStream content) throws IOException {
        return find(part.upload()).store.putPart(part, content);
    }

    @Override
    public List<UploadedPart> listParts(PartUpload upload) {
        return find(upload).parts();
    }

    @Override
    public void completeParts(PartUpload upload, List<UploadedPart> parts) {
        Found found = find(upload);
        try {
            found.store.completeParts(upload, parts);
        } catch (BlobNotFoundException e) {
            // Of one that was completed before, no store has the parts.
            if (from == null || found.store.equals(from)) {
                throw e;
            }
            from.completeParts(upload, parts);
        }
    }

    @Override
    public void abortParts(PartUpload upload) {
        find(upload).store.abortParts(upload);
    }

    /**
     * Whose upload it is, and what it has.
     *
     * @param absent what the new store said; null unless no store has it
     */
    private record Found(
            PartUploads store,
            List<UploadedPart> listed,
            @Nullable BlobNotFoundException absent) {

        List<UploadedPart> parts() {
            if (absent != null) {
                throw absent;
            }
            return listed;
        }
    }

    /** Some servers list no parts of an upload that they do not have, where others say that they do not have it. */
    private Found find(PartUpload upload) {
        List<UploadedPart> listed = List.of();
        BlobNotFoundException absent = null;
        try {
            listed = to.listParts(upload);
        } catch (BlobNotFoundException e) {
            absent = e;
        }
        PartUploads old = from;
        if (old != null && listed.isEmpty()) {
            try {
                List<UploadedPart> before = old.listParts(upload);
                if (absent != null || !before.isEmpty()) {
                    oldUploads.add(upload.uploadId());
                    return new Found(old, before, null);
                }
            } catch (BlobNotFoundException e) {
                // The new one's, or over.
            }
        }
        return new Found(to, listed, absent);
    }
}
