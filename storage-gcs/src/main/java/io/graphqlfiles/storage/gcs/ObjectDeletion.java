package io.graphqlfiles.storage.gcs;

import com.google.cloud.storage.StorageBatch;
import com.google.cloud.storage.StorageBatchResult;
import com.google.cloud.storage.StorageException;
import io.graphqlfiles.spi.BlobStoreException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Deletes many objects with few requests. */
final class ObjectDeletion {

    /** What the service takes in one batch. */
    private static final int BATCH = 100;

    private final BucketObjects objects;

    ObjectDeletion(BucketObjects objects) {
        this.objects = objects;
    }

    void delete(Collection<String> keys) {
        List<String> distinct = List.copyOf(new LinkedHashSet<>(keys));
        BlobStoreException failure = null;
        for (int from = 0; from < distinct.size(); from += BATCH) {
            List<String> batch = distinct.subList(from, Math.min(distinct.size(), from + BATCH));
            for (String key : batch.size() == 1 ? batch : undeleted(batch)) {
                failure = deleteOne(key, failure);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** The keys that a batch has not dealt with: each is tried once more, as the client repeats neither it nor them. */
    private List<String> undeleted(List<String> keys) {
        StorageBatch batch = objects.storage().batch();
        Map<String, StorageBatchResult<Boolean>> results = new LinkedHashMap<>();
        keys.forEach(key -> results.put(key, batch.delete(objects.id(key))));
        try {
            batch.submit();
        } catch (StorageException e) {
            return keys;
        }
        List<String> undeleted = new ArrayList<>();
        results.forEach((key, result) -> {
            try {
                result.get();
            } catch (StorageException e) {
                undeleted.add(key);
            }
        });
        return undeleted;
    }

    private @Nullable BlobStoreException deleteOne(String key, @Nullable BlobStoreException failure) {
        try {
            objects.storage().delete(objects.id(key));
            return failure;
        } catch (StorageException e) {
            BlobStoreException all = Failures.first(failure, objects.failures().of("delete", key, e));
            if (Failures.isSilence(e)) {
                // The client has waited as long as it may; each of the others would cost as much again.
                throw all;
            }
            return all;
        }
    }
}
