package io.graphqlfiles.internal.blob;

import io.graphqlfiles.FileField;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.spi.BlobAlreadyExistsException;
import io.graphqlfiles.spi.BlobReference;
import io.graphqlfiles.spi.BlobStoreException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where new files go: a fresh key for each, and for attached files a row before any byte is written. */
public final class NewBlobs {

    private final FileKeys keys;
    private final FileDeletion deletion;
    private final @Nullable AttachmentLifecycle attachments;

    /** @param attachments null if no field is attached */
    public NewBlobs(FileKeys keys, FileDeletion deletion, @Nullable AttachmentLifecycle attachments) {
        this.keys = keys;
        this.deletion = deletion;
        this.attachments = attachments;
    }

    /**
     * A key for a file that is about to be written.
     *
     * @throws io.graphqlfiles.spi.attachment.AttachmentStoreException if the row could not be made; nothing must be
     *     written then
     */
    String begin(FileField field, @Nullable String tenant) {
        if (!field.isAttached() || attachments == null) {
            return keys.permanent(field.visibility(), tenant);
        }
        BlobReference blob = new BlobReference(field.store(), keys.attached(field.visibility(), tenant));
        attachments.announce(List.of(blob));
        return blob.key();
    }

    /**
     * A file that is about to be written.
     *
     * @param tenant whose it is; null without tenants
     */
    public NewBlob next(FileField field, @Nullable String tenant) {
        return new NewBlob(this, field, tenant, null);
    }

    /**
     * Files that are about to be written side by side; all rows are made at once.
     *
     * @param tenant whose they are; null without tenants
     * @return in the same order; each to be settled in the end
     * @throws io.graphqlfiles.spi.attachment.AttachmentStoreException if the rows could not be made; nothing must be
     *     written then
     */
    public List<NewBlob> next(List<FileField> fields, @Nullable String tenant) {
        List<NewBlob> next = new ArrayList<>();
        List<BlobReference> announced = new ArrayList<>();
        for (FileField field : fields) {
            boolean attached = field.isAttached() && attachments != null;
            String key =
                    attached ? keys.attached(field.visibility(), tenant) : keys.permanent(field.visibility(), tenant);
            if (attached) {
                announced.add(new BlobReference(field.store(), key));
            }
            next.add(new NewBlob(this, field, tenant, key));
        }
        if (attachments != null && !announced.isEmpty()) {
            attachments.announce(announced);
        }
        return next;
    }

    /** Nothing was written under a key. */
    void unused(FileField field, String key) {
        if (attachments != null && FileKeys.isAttached(key)) {
            attachments.delete(List.of(new BlobReference(field.store(), key)));
        }
    }

    /** Deletes what was written and is not wanted after all. */
    void discard(StoredFile file, String when) {
        deletion.delete(List.of(file), when);
    }

    /** Called with what the store threw while the blob was written. */
    void failed(FileField field, String key, Throwable failure) {
        // The store may have done its work, with only its answer lost.
        boolean uncertain = failure instanceof BlobStoreException;
        if (attachments != null && FileKeys.isAttached(key)) {
            BlobReference blob = new BlobReference(field.store(), key);
            if (uncertain) {
                // Even where the key is taken: by the row it is ours, so a repeated request has stored it.
                attachments.deleteUncertain(blob);
            } else {
                attachments.delete(List.of(blob));
            }
        } else if (uncertain && !(failure instanceof BlobAlreadyExistsException)) {
            deletion.delete(field.store(), List.of(key), "after the store failed");
        }
    }
}
