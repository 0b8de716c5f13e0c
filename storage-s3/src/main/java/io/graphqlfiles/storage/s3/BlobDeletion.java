package io.graphqlfiles.storage.s3;

import io.graphqlfiles.spi.BlobStoreException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;

/**
 * Deletes blobs: one as every server can, several with one request where the server takes that, and one by one where it
 * does not.
 */
final class BlobDeletion {

    /** What DeleteObjects takes. */
    private static final int BATCH = 1000;

    /** What servers call a request for several keys that has no {@code Content-MD5}. */
    private static final Set<String> WITHOUT_CONTENT_MD5 =
            Set.of("InvalidRequest", "MissingContentMD5", "MissingArgument");

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
        if (keys.size() == 1) {
            return deleteOne(keys.get(0), failure);
        }
        DeleteObjectsResponse answer;
        try {
            answer = bucket.client().deleteObjects(request(keys));
        } catch (SdkException e) {
            return takesNoBatches(e)
                    ? deleteOneByOne(keys, failure)
                    : resume(e, Failures.first(failure, failures.of(OPERATION, null, e)));
        }
        BlobStoreException all = failure;
        for (S3Error error : answer.errors()) {
            // No exception of the SDK reports these, and no status comes with the code.
            FailureKind kind = FailureKind.ofCode(error.code());
            if (kind != FailureKind.NOT_FOUND) {
                all = Failures.first(
                        all,
                        failures.other(
                                OPERATION,
                                bucket.key(error.key()),
                                kind == FailureKind.RETRYABLE,
                                "found " + error.code(),
                                null));
            }
        }
        return all;
    }

    private DeleteObjectsRequest request(List<String> keys) {
        List<ObjectIdentifier> objects = keys.stream()
                .map(key ->
                        ObjectIdentifier.builder().key(bucket.objectKey(key)).build())
                .toList();
        return DeleteObjectsRequest.builder()
                .bucket(bucket.name())
                .delete(Delete.builder().objects(objects).quiet(true).build())
                .build();
    }

    private @Nullable BlobStoreException deleteOneByOne(List<String> keys, @Nullable BlobStoreException failure) {
        BlobStoreException all = failure;
        for (String key : keys) {
            all = deleteOne(key, all);
        }
        return all;
    }

    private @Nullable BlobStoreException deleteOne(String key, @Nullable BlobStoreException failure) {
        try {
            bucket.client()
                    .deleteObject(DeleteObjectRequest.builder()
                            .bucket(bucket.name())
                            .key(bucket.objectKey(key))
                            .build());
            return failure;
        } catch (SdkException e) {
            // Amazon calls it a success that there was none; not every server does.
            return FailureKind.of(e) == FailureKind.NOT_FOUND
                    ? failure
                    : resume(e, Failures.first(failure, failures.of(OPERATION, key, e)));
        }
    }

    /**
     * Where no answer comes the client has waited as long as it may, and each further request would cost as much again.
     */
    private static BlobStoreException resume(SdkException last, BlobStoreException all) {
        if (!(last instanceof AwsServiceException)) {
            throw all;
        }
        return all;
    }

    /**
     * Whether the server refuses requests for several keys as such: it has none, or it permits only single deletions,
     * or it wants their {@code Content-MD5}, for which the SDK has sent checksums since 2.30, whatever its settings.
     */
    private static boolean takesNoBatches(SdkException failure) {
        if (!(failure instanceof AwsServiceException answer)) {
            return false;
        }
        String code = FailureKind.code(answer);
        return switch (answer.statusCode()) {
            case 400 -> code != null && WITHOUT_CONTENT_MD5.contains(code);
            // Other codes say that the credentials are no good, for one key as for many.
            case 403 -> code == null || code.equals("AccessDenied");
            case 405, 501 -> true;
            default -> false;
        };
    }
}
