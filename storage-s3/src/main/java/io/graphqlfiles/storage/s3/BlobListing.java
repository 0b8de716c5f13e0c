package io.graphqlfiles.storage.s3;

import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobStore;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Lists blobs. The cursor is the server's. */
final class BlobListing {

    private final Bucket bucket;
    private final Failures failures;

    BlobListing(Bucket bucket, Failures failures) {
        this.bucket = bucket;
        this.failures = failures;
    }

    /** What {@link io.graphqlfiles.spi.BlobStore#list} does with valid arguments. */
    BlobStore.Page list(String prefix, @Nullable String cursor, int limit) {
        ListObjectsV2Response page;
        try {
            page = bucket.client()
                    .listObjectsV2(ListObjectsV2Request.builder()
                            .bucket(bucket.name())
                            .prefix(bucket.objectKey(prefix))
                            .continuationToken(cursor)
                            .maxKeys(limit)
                            .build());
        } catch (SdkException e) {
            throw failures.of("list", null, e);
        }
        List<BlobInfo> blobs = new ArrayList<>();
        for (S3Object object : page.contents()) {
            // What others keep in the bucket is none of ours.
            String key = bucket.key(object.key());
            if (key != null) {
                blobs.add(BlobInfo.newBlobInfo(
                                key,
                                failures.told("list", key, "Size", object.size()),
                                failures.told("list", key, "LastModified", object.lastModified()))
                        .build());
            }
        }
        return new BlobStore.Page(blobs, next(cursor, page));
    }

    /** What the page says of being the last one counts; servers that do not say it mean it by their token. */
    private @Nullable String next(@Nullable String cursor, ListObjectsV2Response page) {
        String next = page.nextContinuationToken();
        boolean isNone = next == null || next.isEmpty();
        if (Boolean.FALSE.equals(page.isTruncated()) || (isNone && page.isTruncated() == null)) {
            return null;
        }
        if (isNone || next.equals(cursor)) {
            throw failures.endless("list", null, isNone ? null : "NextContinuationToken");
        }
        return next;
    }
}
