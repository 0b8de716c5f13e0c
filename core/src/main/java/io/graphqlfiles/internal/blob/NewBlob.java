package io.graphqlfiles.internal.blob;

import io.graphqlfiles.FileField;
import io.graphqlfiles.StoredFile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One file that is about to be written: where it goes, and what to do if it does not get there. What is done in the
 * database must stay in the thread of the call, so where files are stored side by side, the key is there before their
 * threads start and what they leave is tidied up after they have ended, in {@link #settle}. For one thread at a time.
 */
public final class NewBlob {

    private final NewBlobs blobs;
    private final FileField field;
    private final @Nullable String tenant;
    private final boolean tidiesLater;
    private final List<Runnable> due = new ArrayList<>();
    private @Nullable String key;
    private boolean used;

    /** @param key announced already; null to do that when it is needed, and to tidy up at once */
    NewBlob(NewBlobs blobs, FileField field, @Nullable String tenant, @Nullable String key) {
        this.blobs = blobs;
        this.field = field;
        this.tenant = tenant;
        this.key = key;
        this.tidiesLater = key != null;
    }

    /**
     * Where to write it, now.
     *
     * @throws io.graphqlfiles.spi.attachment.AttachmentStoreException if its row could not be made; nothing must be
     *     written then
     */
    public String key() {
        if (key == null) {
            key = blobs.begin(field, tenant);
        }
        used = true;
        return key;
    }

    /** Called with what the store threw while it was written. */
    public void failed(String writtenKey, Throwable failure) {
        tidy(() -> blobs.failed(field, writtenKey, failure));
    }

    /** It was written, and is not wanted after all. */
    public void discard(StoredFile file, String when) {
        tidy(() -> blobs.discard(file, when));
    }

    /** Does what was put off; to be called in the thread of the call, once nobody works on the file any more. */
    public void settle() {
        due.forEach(Runnable::run);
        due.clear();
        if (key != null && !used) {
            blobs.unused(field, key);
        }
    }

    private void tidy(Runnable work) {
        if (tidiesLater) {
            due.add(work);
        } else {
            work.run();
        }
    }
}
