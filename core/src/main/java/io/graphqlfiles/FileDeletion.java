package io.graphqlfiles;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes blobs when the outcome of a field no longer depends on it: failures are logged, never thrown. */
final class FileDeletion {

    private static final Logger LOG = LoggerFactory.getLogger(FileDeletion.class);

    private final BlobStores stores;

    FileDeletion(BlobStores stores) {
        this.stores = stores;
    }

    void delete(Collection<StoredFile> files, String when) {
        Map<String, List<String>> keysByStore = new LinkedHashMap<>();
        files.forEach(file -> keysByStore
                .computeIfAbsent(file.store(), store -> new ArrayList<>())
                .add(file.key()));
        keysByStore.forEach((store, keys) -> delete(store, keys, when));
    }

    /** For blobs that have not become files. */
    void delete(String store, List<String> keys, String when) {
        try {
            stores.store(store).delete(keys);
        } catch (RuntimeException e) {
            LOG.warn("Blobs {} of store {} could not be deleted {}; they are left behind", keys, store, when, e);
        }
    }
}
