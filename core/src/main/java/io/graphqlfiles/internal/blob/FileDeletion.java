package io.graphqlfiles.internal.blob;

import io.graphqlfiles.StoredFile;
import io.graphqlfiles.spi.BlobReference;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes blobs when the outcome of a field no longer depends on it: failures are logged, never thrown. */
public final class FileDeletion {

    private static final Logger LOG = LoggerFactory.getLogger(FileDeletion.class);

    private final BlobStores stores;
    private final @Nullable AttachmentLifecycle attachments;
    private final Tenancy tenancy;

    /** @param attachments null if no field is attached */
    public FileDeletion(BlobStores stores, @Nullable AttachmentLifecycle attachments, Tenancy tenancy) {
        this.stores = stores;
        this.attachments = attachments;
        this.tenancy = tenancy;
    }

    public void delete(Collection<StoredFile> files, String when) {
        Map<Boolean, List<BlobReference>> blobs = files.stream()
                .map(AttachmentLifecycle::reference)
                .collect(Collectors.partitioningBy(blob -> attachments != null && FileKeys.isAttached(blob.key())));
        if (attachments != null) {
            attachments.delete(blobs.getOrDefault(true, List.of()));
        }
        AttachmentLifecycle.byStore(blobs.getOrDefault(false, List.of()))
                .forEach((store, keys) -> delete(store, keys, when));
    }

    /** For blobs that have not become files. */
    public void delete(String store, List<String> keys, String when) {
        // A store may refuse an interrupted thread, and nobody else would delete them.
        boolean interrupted = Thread.interrupted();
        try {
            keys.forEach(tenancy::requireOwn);
            stores.delete(store, keys);
        } catch (RuntimeException e) {
            LOG.warn("Blobs {} of store {} could not be deleted {}; they are left behind", keys, store, when, e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
