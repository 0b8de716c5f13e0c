package io.graphqlfiles.internal.endpoint;

import io.graphqlfiles.server.FileEndpointRequest;
import io.graphqlfiles.spi.BlobKeys;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request to the file endpoint names.
 *
 * @param store name of a store, which may or may not exist
 * @param key well formed
 */
record EndpointTarget(String store, String key, EndpointQuery query) {

    /** Paths are compared as they came: keys need no escapes, so one that has any is not ours. */
    static EndpointTarget of(FileEndpointRequest request) throws EndpointRefusal {
        String path = request.path();
        int slash = path.indexOf('/', 1);
        if (!path.startsWith("/") || slash < 0) {
            throw EndpointRefusal.notFound();
        }
        String key = path.substring(slash + 1);
        if (!BlobKeys.isValid(key)) {
            throw EndpointRefusal.notFound();
        }
        EndpointQuery query = EndpointQuery.parse(request.query());
        if (query == null) {
            throw EndpointRefusal.invalid();
        }
        return new EndpointTarget(path.substring(1, slash), key, query);
    }

    /** Which of these stores a request names, well formed or not; null if none. */
    static @Nullable String storeOf(FileEndpointRequest request, Set<String> stores) {
        String path = request.path();
        int slash = path.indexOf('/', 1);
        String store = slash < 0 ? "" : path.substring(1, slash);
        return stores.contains(store) ? store : null;
    }
}
