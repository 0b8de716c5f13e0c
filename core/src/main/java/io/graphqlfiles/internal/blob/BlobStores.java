package io.graphqlfiles.internal.blob;

import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.DirectAccess;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The application's stores by name, each with how clients reach it directly. Immutable, but for the variants that files
 * may have.
 */
public final class BlobStores {

    private final Map<String, BlobStore> stores;
    private final Map<String, DirectAccess> access = new LinkedHashMap<>();
    /** Of the library's endpoint to each store, also to those that sign: there variants are made. */
    private final Map<String, DirectAccess> endpoints = new LinkedHashMap<>();

    private final VariantKeys variants = new VariantKeys();

    /** @param endpoint how clients reach a store that signs no requests of its own; null if they cannot */
    public BlobStores(Map<String, BlobStore> stores, @Nullable BiFunction<String, BlobStore, DirectAccess> endpoint) {
        this.stores = Collections.unmodifiableMap(new LinkedHashMap<>(stores));
        this.stores.forEach((name, store) -> {
            DirectAccess ours = endpoint == null ? null : endpoint.apply(name, store);
            if (ours != null) {
                endpoints.put(name, ours);
            }
            DirectAccess reached = access(store, ours);
            if (reached != null) {
                access.put(name, reached);
            }
        });
    }

    private static @Nullable DirectAccess access(BlobStore store, @Nullable DirectAccess endpoint) {
        if (store instanceof FrontedStore fronted) {
            return fronted.access(endpoint);
        }
        return store instanceof DirectAccess own ? own : endpoint;
    }

    /** Those that the library's endpoint serves: files of the others are not to be had by a second way. */
    public Map<String, BlobStore> served() {
        Map<String, BlobStore> served = new LinkedHashMap<>(stores);
        served.keySet().removeIf(name -> !isServed(name));
        return served;
    }

    /** Whether the library's endpoint serves the store of that name. */
    public boolean isServed(String name) {
        BlobStore store = store(name);
        return store instanceof FrontedStore fronted ? fronted.isServed() : !(store instanceof DirectAccess);
    }

    public Set<String> names() {
        return stores.keySet();
    }

    /**
     * The store of that name.
     *
     * @throws IllegalArgumentException if there is no such store: a file was stored under another configuration
     */
    public BlobStore store(String name) {
        BlobStore store = stores.get(name);
        if (store == null) {
            throw new IllegalArgumentException(
                    "store: expected one of " + stores.keySet() + ", found \"" + name + "\"");
        }
        return store;
    }

    /** The variants that files in them may have. */
    public VariantKeys variants() {
        return variants;
    }

    /**
     * Deletes files with their variants: the files first, so that whoever makes a variant meanwhile sees, after it was
     * stored, that its original is gone.
     *
     * @throws io.graphqlfiles.spi.BlobStoreException if the store fails
     */
    public void delete(String name, Collection<String> keys) {
        BlobStore store = store(name);
        store.delete(keys);
        List<String> ofThem = variants.ofAll(keys);
        if (!ofThem.isEmpty()) {
            store.delete(ofThem);
        }
    }

    /** Ends the threads of stores that are the library's own. */
    public void close() {
        for (BlobStore store : stores.values()) {
            if (store instanceof FrontedStore fronted) {
                fronted.close();
            }
        }
    }

    /** How clients reach the library's endpoint for the store of that name; null if the endpoint is off. */
    public @Nullable DirectAccess endpoint(String name) {
        return endpoints.get(name);
    }

    public boolean isReachable(String name) {
        return access.containsKey(name);
    }

    /**
     * How clients reach the store of that name.
     *
     * @throws IllegalStateException if clients cannot reach the store
     */
    public DirectAccess access(String name) {
        DirectAccess found = access.get(name);
        if (found == null) {
            store(name);
            throw new IllegalStateException(
                    "store " + name + ": it signs no URLs itself, and the file endpoint is off");
        }
        return found;
    }

    /**
     * Checks that every store signs for as long as the settings want it.
     *
     * @param url of a signed download, with the window
     * @throws IllegalArgumentException if one does not
     */
    public void requireValidity(Duration url, Duration upload) {
        access.forEach((name, signer) -> {
            Duration max = signer.maxValidity();
            if (max != null && url.compareTo(max) > 0) {
                throw new IllegalArgumentException("urlValidity and urlWindow: expected at most " + max
                        + " together, the longest that store \"" + name + "\" signs for; found " + url);
            }
            if (max != null && upload.compareTo(max) > 0) {
                throw new IllegalArgumentException("uploadValidity: expected at most " + max
                        + ", the longest that store \"" + name + "\" signs for; found " + upload);
            }
        });
    }
}
