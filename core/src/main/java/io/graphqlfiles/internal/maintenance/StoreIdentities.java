package io.graphqlfiles.internal.maintenance;

import io.graphqlfiles.internal.blob.BlobStores;
import io.graphqlfiles.internal.blob.FileKeys;
import io.graphqlfiles.internal.blob.Tenancy;
import io.graphqlfiles.maintenance.ForeignStoreException;
import io.graphqlfiles.spi.BlobAlreadyExistsException;
import io.graphqlfiles.spi.BlobHead;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.Visibility;
import io.graphqlfiles.spi.attachment.AttachmentStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells stores apart that have the same name: rows know a store by its name alone, and whoever deletes in another one
 * of that name finds nothing to delete and forgets the rows. So a store bears an identity, and the database keeps it.
 * What was found right is not looked at again. Thread-safe.
 */
public final class StoreIdentities implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StoreIdentities.class);

    private static final String UNKNOWN =
            "Store \"{}\" could not be asked whether it is the one that the database knows";
    private static final int LONGEST = 64;

    private final AttachmentStore rows;
    private final BlobStores stores;
    private final FileKeys keys;
    private final Tenancy tenancy;
    /** With the tenant whose database knows them. */
    private final Set<String> right = ConcurrentHashMap.newKeySet();

    private final ThreadPoolExecutor threads;

    public StoreIdentities(AttachmentStore rows, BlobStores stores, FileKeys keys, Tenancy tenancy) {
        this.rows = rows;
        this.stores = stores;
        this.keys = keys;
        this.tenancy = tenancy;
        this.threads = CheckThreads.create();
    }

    /**
     * Looks at stores, all at once. What cannot be asked is warned of; so is what has not answered in time, which is
     * then looked at on, for the next that asks.
     *
     * @param limit how long to wait for all of them
     * @throws ForeignStoreException if one is known in time to be another one
     * @throws io.graphqlfiles.spi.attachment.AttachmentStoreException if the database fails
     */
    void check(Collection<String> names, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        Map<String, CompletableFuture<Void>> asked = new LinkedHashMap<>();
        String tenant = tenancy.ofThread();
        for (String name : names) {
            asked.put(name, CompletableFuture.runAsync(() -> tenancy.run(tenant, () -> require(name)), threads));
        }
        asked.forEach((name, answer) -> await(name, answer, end - System.nanoTime()));
    }

    private static void await(String name, CompletableFuture<Void> answer, long nanos) {
        try {
            answer.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof BlobStoreException || cause instanceof UncheckedIOException) {
                LOG.warn(UNKNOWN, name, cause);
            } else if (cause instanceof Error error) {
                throw error;
            } else {
                throw (RuntimeException) cause;
            }
        } catch (TimeoutException e) {
            LOG.warn(UNKNOWN + ": it has not answered yet", name);
            reportLater(name, answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.warn(UNKNOWN + ": the thread was interrupted", name);
        }
    }

    private static void reportLater(String name, CompletionStage<Void> answer) {
        answer.whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.error(UNKNOWN + " when it started; that has failed since", name, failure);
            }
        });
    }

    /** Interrupts what is in progress. */
    @Override
    public void close() {
        threads.shutdownNow();
    }

    /**
     * Makes sure that a store is the one that the database knows by this name. A store that nobody has seen before is
     * given an identity: first the store, then the database, so that whoever dies in between has changed nothing that
     * the next one does not finish.
     *
     * @throws ForeignStoreException if it is another one
     */
    void require(String name) {
        String tenant = tenancy.ofThread();
        String place = FileKeys.identityOf(tenant);
        if (right.contains(name + ':' + place)) {
            return;
        }
        BlobStore store = stores.store(name);
        String kept = rows.storeIdentity(name, null);
        String found = read(store, place);
        if (found == null && tenant != null && kept != null) {
            // From the time before there were tenants.
            found = read(store, FileKeys.IDENTITY);
        }
        if (found == null && kept == null) {
            write(store, place);
            found = read(store, place);
        }
        if (found == null || !found.equals(rows.storeIdentity(name, found))) {
            throw new ForeignStoreException(name, place, found != null);
        }
        right.add(name + ':' + place);
    }

    private static @Nullable String read(BlobStore store, String key) {
        try {
            BlobHead head = store.head(key, LONGEST);
            return head == null ? null : new String(head.bytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(BlobStore store, String key) {
        byte[] identity = keys.identity().getBytes(StandardCharsets.US_ASCII);
        PutRequest blob = new PutRequest(key, identity.length, "text/plain", "attachment", Visibility.PRIVATE);
        try {
            store.put(blob, new ByteArrayInputStream(identity));
        } catch (BlobAlreadyExistsException e) {
            // Another process came first.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
