package io.graphqlfiles.storage.azure;

import com.azure.storage.blob.BlobContainerAsyncClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.specialized.BlockBlobAsyncClient;
import io.graphqlfiles.spi.BlobKeys;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where blobs are: all in one container, or those whose key begins with {@code public/} in another one that everyone
 * may read, because the service permits that for whole containers only.
 */
final class Containers {

    private static final String PUBLIC = "public/";

    private final Place all;
    private final Place publics;
    private final String prefix;

    /**
     * @param publicContainer null to keep all in one
     * @param prefix of all names
     */
    Containers(BlobServiceClient client, String container, @Nullable String publicContainer, String prefix) {
        this.prefix = prefix;
        this.all = place(client, container);
        this.publics = publicContainer == null ? all : place(client, publicContainer);
    }

    private Place place(BlobServiceClient client, String container) {
        return new Place(container, Endpoints.url(client, container) + prefix, Endpoints.container(client, container));
    }

    /** The container of a key, or of a prefix of keys. */
    Place of(String keyOrPrefix) {
        return keyOrPrefix.startsWith(PUBLIC) ? publics : all;
    }

    /** All containers in which there are keys of a prefix. */
    List<Place> below(String keyPrefix) {
        return keyPrefix.isEmpty() && !publics.container.equals(all.container)
                ? List.of(all, publics)
                : List.of(of(keyPrefix));
    }

    /** The place of the blobs that everyone may read. */
    Place publics() {
        return publics;
    }

    String name(String keyOrPrefix) {
        return prefix + keyOrPrefix;
    }

    /** Container and name, as signatures have them. */
    String path(String key) {
        return of(key).container + "/" + prefix + key;
    }

    String url(String key) {
        return of(key).url + key;
    }

    BlockBlobAsyncClient blob(String key) {
        return of(key).client.getBlobAsyncClient(prefix + key).getBlockBlobAsyncClient();
    }

    /** Our name for a blob; null if it is none of ours: what others keep in the container stays theirs. */
    @Nullable
    String key(Place place, String name) {
        if (!name.startsWith(prefix)) {
            return null;
        }
        String key = name.substring(prefix.length());
        return BlobKeys.isValid(key) && of(key).container.equals(place.container) ? key : null;
    }

    @Override
    public String toString() {
        return all.url;
    }

    /**
     * One container.
     *
     * @param url of the blobs below the prefix, which ends in a slash
     */
    record Place(String container, String url, BlobContainerAsyncClient client) {}
}
