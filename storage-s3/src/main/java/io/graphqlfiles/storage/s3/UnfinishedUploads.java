package io.graphqlfiles.storage.s3;

import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.ListingProgress;
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
        ListingProgress progress = new ListingProgress();
        ListMultipartUploadsResponse page = null;
        do {
            page = list(page);
            for (MultipartUpload upload : page.uploads()) {
                String key = bucket.key(upload.key());
                if (key != null
                        && failures.described(OPERATION, key, "Initiated", upload.initiated())
                                .isBefore(before)) {
                    try {
                        new MultipartRequests(bucket, key, upload.uploadId()).abort();
                        removed++;
                    } catch (SdkException e) {
                        failure = Failures.first(failure, failures.of(OPERATION, key, e));
                    }
                }
            }
        } while (goesOn(page, progress));
        if (failure != null) {
            throw failure;
        }
        return removed;
    }

    private boolean goesOn(ListMultipartUploadsResponse page, ListingProgress progress) {
        if (!Boolean.TRUE.equals(page.isTruncated())) {
            return false;
        }
        String marker = page.nextKeyMarker();
        if (marker == null || marker.isEmpty()) {
            throw failures.endless(OPERATION, null, null);
        }
        if (!progress.advancesTo(marker + '\n' + page.nextUploadIdMarker())) {
            throw failures.endless(OPERATION, null, "NextKeyMarker");
        }
        return true;
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
