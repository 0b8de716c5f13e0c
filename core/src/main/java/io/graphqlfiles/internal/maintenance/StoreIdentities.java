package io.graphqlfiles.internal.maintenance;

import io.graphqlfiles.internal.blob.BlobStores;
import io.graphqlfiles.internal.blob.FileKeys;
import io.graphqlfiles.maintenance.ForeignStoreException;
import io.graphqlfiles.spi.AttachmentStore;
import io.graphqlfiles.spi.BlobAlreadyExistsException;
import io.graphqlfiles.spi.BlobHead;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.PutBlob;
import io.graphqlfiles.spi.Visibility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells stores apart that have the same name: rows know a store by its name alone, and whoever deletes in another one
 * of that name finds nothing to delete and forgets the rows. So a store bears an identity, and the database keeps it.
 * What was found right is not looked at again. Thread-safe.
 */
public final class StoreIdentities {

    private static final int LONGEST = 64;

    private final AttachmentStore rows;
    private final BlobStores stores;
    private final FileKeys keys;
    private final Set<String> right = ConcurrentHashMap.newKeySet();

    public StoreIdentities(AttachmentStore rows, BlobStores stores, FileKeys keys) {
        this.rows = rows;
        this.stores = stores;
        this.keys = keys;
    }

    /**
     * Makes sure that a store is the one that the database knows by this name. A store that nobody has seen before is
     * given an identity: first the store, then the database, so that whoever dies in between has changed nothing that
     * the next one does not finish.
     *
     * @throws ForeignStoreException if it is another one
     */
    void require(String name) {
        if (right.contains(name)) {
            return;
        }
        BlobStore store = stores.store(name);
        String kept = rows.storeIdentity(name, null);
        String found = read(store);
        if (found == null && kept == null) {
            write(store);
            found = read(store);
        }
        if (found == null || !found.equals(rows.storeIdentity(name, found))) {
            throw new ForeignStoreException(name, FileKeys.IDENTITY, found != null);
        }
        right.add(name);
    }

    private static @Nullable String read(BlobStore store) {
        try {
            BlobHead head = store.head(FileKeys.IDENTITY, LONGEST);
            return head == null ? null : new String(head.bytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(BlobStore store) {
        byte[] identity = keys.identity().getBytes(StandardCharsets.US_ASCII);
        PutBlob blob = new PutBlob(FileKeys.IDENTITY, identity.length, "text/plain", "attachment", Visibility.PRIVATE);
        try {
            store.put(blob, new ByteArrayInputStream(identity));
        } catch (BlobAlreadyExistsException e) {
            // Another process came first.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
