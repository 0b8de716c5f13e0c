package io.graphqlfiles.storage.azure;

import com.azure.core.http.rest.Response;
import com.azure.storage.blob.batch.BlobBatch;
import com.azure.storage.blob.batch.BlobBatchAsyncClient;
import com.azure.storage.blob.batch.BlobBatchClientBuilder;
import io.graphqlfiles.spi.BlobStoreException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Deletes many blobs with few requests. */
final class BlobDeletion {

    /** What the service takes in one batch. */
    private static final int BATCH = 256;

    private final ContainerBlobs blobs;

    BlobDeletion(ContainerBlobs blobs) {
        this.blobs = blobs;
    }

    void delete(Collection<String> keys) {
        Map<Containers.Place, List<String>> places = new LinkedHashMap<>();
        for (String key : new LinkedHashSet<>(keys)) {
            places.computeIfAbsent(blobs.containers().of(key), place -> new ArrayList<>())
                    .add(key);
        }
        BlobStoreException failure = null;
        for (Map.Entry<Containers.Place, List<String>> place : places.entrySet()) {
            List<String> distinct = place.getValue();
            for (int from = 0; from < distinct.size(); from += BATCH) {
                List<String> batch = distinct.subList(from, Math.min(distinct.size(), from + BATCH));
                for (String key : batch.size() == 1 ? batch : undeleted(place.getKey(), batch)) {
                    failure = deleteOne(key, failure);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** The keys that a batch has not dealt with: each is tried once more, alone. */
    private List<String> undeleted(Containers.Place place, List<String> keys) {
        Map<String, Response<Void>> results = new LinkedHashMap<>();
        try {
            BlobBatchAsyncClient client = new BlobBatchClientBuilder(place.client()).buildAsyncClient();
            BlobBatch batch = client.getBlobBatch();
            keys.forEach(key -> results.put(
                    key, batch.deleteBlob(place.container(), blobs.containers().name(key))));
            blobs.calls().await(client.submitBatchWithResponse(batch, false));
        } catch (RuntimeException e) {
            return keys;
        }
        List<String> undeleted = new ArrayList<>();
        results.forEach((key, result) -> {
            try {
                result.getStatusCode();
            } catch (RuntimeException e) {
                if (Failures.kind(e) != Failures.Kind.NOT_FOUND) {
                    undeleted.add(key);
                }
            }
        });
        return undeleted;
    }

    private @Nullable BlobStoreException deleteOne(String key, @Nullable BlobStoreException failure) {
        try {
            blobs.calls().await(blobs.blob(key).deleteIfExists());
            return failure;
        } catch (RuntimeException e) {
            BlobStoreException all = Failures.first(failure, blobs.failures().of("delete", key, e));
            if (Failures.status(e) == 0) {
                // The client has waited as long as it may; each of the others would cost as much again.
                throw all;
            }
            return all;
        }
    }
}
