package io.graphqlfiles.storage.s3;

import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.ByteRange;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Opens blobs. */
final class BlobOpener {

    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final String OPERATION = "open";

    private final Bucket bucket;
    private final Failures failures;
    private final BlobHeads heads;

    BlobOpener(Bucket bucket, Failures failures, BlobHeads heads) {
        this.bucket = bucket;
        this.failures = failures;
        this.heads = heads;
    }

    /** What {@link io.graphqlfiles.spi.BlobStore#open} does with a valid key. */
    InputStream open(String key, ByteRange range) {
        if (range.offset() >= S3BlobStore.MAX_BYTE_SIZE) {
            // Some servers take a number of so many digits for no range at all.
            return beyondTheEnd(key);
        }
        String header = header(range);
        ResponseInputStream<GetObjectResponse> content;
        try {
            content = bucket.client()
                    .getObject(GetObjectRequest.builder()
                            .bucket(bucket.name())
                            .key(bucket.objectKey(key))
                            .range(header)
                            .build());
        } catch (SdkException e) {
            if (e instanceof S3Exception answer && answer.statusCode() == RANGE_NOT_SATISFIABLE) {
                return InputStream.nullInputStream();
            }
            throw failures.of(OPERATION, key, e);
        }
        GetObjectResponse answer = content.response();
        if (header != null && answer.contentRange() == null && range.offset() > 0) {
            content.abort();
            throw notARange(key);
        }
        return new BlobInputStream(content, Math.min(answer.contentLength(), range.length()));
    }

    private InputStream beyondTheEnd(String key) {
        if (heads.find(OPERATION, key) == null) {
            throw failures.notFound(OPERATION, key, null);
        }
        return InputStream.nullInputStream();
    }

    private BlobStoreException notARange(String key) {
        return failures.other(OPERATION, key, false, "expected a range of the blob, found all of it", null);
    }

    private static @Nullable String header(ByteRange range) {
        if (range.equals(ByteRange.whole())) {
            return null;
        }
        boolean toTheEnd = range.length() >= S3BlobStore.MAX_BYTE_SIZE - range.offset();
        return "bytes=" + range.offset() + "-" + (toTheEnd ? "" : range.offset() + range.length() - 1);
    }
}
