package io.graphqlfiles.storage.s3;

import io.graphqlfiles.spi.BlobStoreException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/** Aborts multipart uploads that nobody will complete. */
final class UnfinishedUploads {

    private static final String OPERATION = "removeUnfinishedWrites";

    private final Bucket bucket;
    private final Failures failures;

    UnfinishedUploads(Bucket bucket, Failures failures) {
        this.bucket = bucket;
        this.failures = failures;
    }

    /** What {@link io.graphqlfiles.spi.BlobStore#removeUnfinishedWrites} does. */
    int remove(Instant before) {
        int removed = 0;
        BlobStoreException failure = null;
        ListMultipartUploadsResponse page = null;
        do {
            page = list(page);
            for (MultipartUpload upload : page.uploads()) {
                String key = bucket.key(upload.key());
                if (key != null && upload.initiated().isBefore(before)) {
                    try {
                        new MultipartRequests(bucket, key, upload.uploadId()).abort();
                        removed++;
                    } catch (SdkException e) {
                        failure = Failures.first(failure, failures.of(OPERATION, key, e));
                    }
                }
            }
        } while (Boolean.TRUE.equals(page.isTruncated()));
        if (failure != null) {
            throw failure;
        }
        return removed;
    }

    private ListMultipartUploadsResponse list(@Nullable ListMultipartUploadsResponse before) {
        try {
            return bucket.client()
                    .listMultipartUploads(ListMultipartUploadsRequest.builder()
                            .bucket(bucket.name())
                            .prefix(bucket.keyPrefix())
                            .keyMarker(before == null ? null : before.nextKeyMarker())
                            .uploadIdMarker(before == null ? null : before.nextUploadIdMarker())
                            .build());
        } catch (SdkException e) {
            throw failures.of(OPERATION, null, e);
        }
    }
}
