package io.graphqlfiles.storage.s3;

import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobStoreException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** What the bucket knows of blobs. */
final class BlobHeads {

    private final Bucket bucket;
    private final Failures failures;

    BlobHeads(Bucket bucket, Failures failures) {
        this.bucket = bucket;
        this.failures = failures;
    }

    /** Tells of a blob; null if there is none. */
    @Nullable
    BlobInfo find(String operation, String key) {
        HeadObjectResponse head = head(operation, key, request -> {});
        return head == null ? null : info(key, head);
    }

    /** Tells of a blob that must be there. */
    BlobInfo written(String operation, String key) {
        BlobInfo info = find(operation, key);
        if (info == null) {
            throw failures.notFound(operation, key, null);
        }
        return info;
    }

    /**
     * Looks whether a blob is still what it was seen to be.
     *
     * @throws io.graphqlfiles.spi.BlobNotFoundException if it is gone
     * @throws io.graphqlfiles.spi.BlobIntegrityException if it is at another version
     */
    void requireVersion(String operation, BlobInfo seen) {
        BlobInfo now = written(operation, seen.key());
        if (!now.version().equals(seen.version())) {
            throw failures.notAsPromised(
                    operation, seen.key(), "version " + seen.version(), "version " + now.version(), null);
        }
    }

    /**
     * Finds out whether a write that failed has taken effect all the same: its answer was lost, and perhaps the client
     * then repeated it and was answered that the key is taken; or the answer began as a success and ended as an error.
     *
     * @return the blob if it is of this very write
     * @throws BlobStoreException what the failure means, if it is not
     */
    BlobInfo settled(String operation, String key, WriteId writeId, SdkException failure) {
        BlobStoreException meaning = failures.of(operation, key, failure);
        if (FailureKind.leavesOpen(failure)) {
            try {
                HeadObjectResponse head = Interruptions.deferred(() -> head(operation, key, bucket::inAHurry));
                if (head != null && writeId.isOf(head.metadata())) {
                    return info(key, head);
                }
            } catch (BlobStoreException e) {
                meaning.addSuppressed(e);
            }
        }
        throw meaning;
    }

    private @Nullable HeadObjectResponse head(
            String operation, String key, Consumer<AwsRequestOverrideConfiguration.Builder> settings) {
        try {
            return bucket.client()
                    .headObject(HeadObjectRequest.builder()
                            .bucket(bucket.name())
                            .key(bucket.objectKey(key))
                            .overrideConfiguration(settings)
                            .build());
        } catch (SdkException e) {
            if (FailureKind.of(e) == FailureKind.NOT_FOUND) {
                return null;
            }
            throw failures.of(operation, key, e);
        }
    }

    private static BlobInfo info(String key, HeadObjectResponse head) {
        BlobInfo.Builder info = BlobInfo.newBlobInfo(key, head.contentLength(), head.lastModified())
                .version(ETags.bare(head.eTag()));
        return withType(info, head.contentType(), head.contentDisposition());
    }

    /** Both may be null: objects need have neither. */
    static BlobInfo withType(BlobInfo.Builder info, @Nullable String contentType, @Nullable String contentDisposition) {
        if (contentType != null) {
            info.contentType(contentType);
        }
        if (contentDisposition != null) {
            info.contentDisposition(contentDisposition);
        }
        return info.build();
    }
}
