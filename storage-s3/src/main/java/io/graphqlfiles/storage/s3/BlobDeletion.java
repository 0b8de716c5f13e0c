package io.graphqlfiles.storage.s3;

import io.graphqlfiles.spi.BlobStoreException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;

/** Deletes blobs, many with one request. */
final class BlobDeletion {

    /** What DeleteObjects takes. */
    private static final int BATCH = 1000;

    private static final String OPERATION = "delete";

    private final Bucket bucket;
    private final Failures failures;

    BlobDeletion(Bucket bucket, Failures failures) {
        this.bucket = bucket;
        this.failures = failures;
    }

    /** What {@link io.graphqlfiles.spi.BlobStore#delete} does with valid keys. */
    void delete(Collection<String> keys) {
        List<String> distinct = new ArrayList<>(new LinkedHashSet<>(keys));
        BlobStoreException failure = null;
        for (int from = 0; from < distinct.size(); from += BATCH) {
            failure = deleteBatch(distinct.subList(from, Math.min(from + BATCH, distinct.size())), failure);
        }
        if (failure != null) {
            throw failure;
        }
    }

    private @Nullable BlobStoreException deleteBatch(List<String> keys, @Nullable BlobStoreException failure) {
        DeleteObjectsResponse answer;
        try {
            answer = bucket.client()
                    .deleteObjects(DeleteObjectsRequest.builder()
                            .bucket(bucket.name())
                            .delete(Delete.builder()
                                    .objects(keys.stream()
                                            .map(key -> ObjectIdentifier.builder()
                                                    .key(bucket.objectKey(key))
                                                    .build())
                                            .toList())
                                    .quiet(true)
                                    .build())
                            .build());
        } catch (SdkException e) {
            return Failures.first(failure, failures.of(OPERATION, keys.size() == 1 ? keys.get(0) : null, e));
        }
        BlobStoreException all = failure;
        for (S3Error error : answer.errors()) {
            // No exception of the SDK's tells of these, and no status comes with the code.
            boolean retryable = error.code() != null
                    && (error.code().equals("InternalError")
                            || FailureKind.of(200, error.code()) == FailureKind.RETRYABLE);
            all = Failures.first(
                    all, failures.other(OPERATION, bucket.key(error.key()), retryable, "found " + error.code(), null));
        }
        return all;
    }
}
