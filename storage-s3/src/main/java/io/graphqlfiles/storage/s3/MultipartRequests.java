package io.graphqlfiles.storage.s3;

import io.graphqlfiles.internal.buffer.Piece;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedMultipartUpload;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/** The requests of one multipart upload. What fails is the SDK's exception, as it is. */
final class MultipartRequests {

    private static final String BINARY = "application/octet-stream";

    private final Bucket bucket;
    private final String key;
    private final String uploadId;

    /**
     * @param key ours
     * @param uploadId the server's
     */
    MultipartRequests(Bucket bucket, String key, String uploadId) {
        this.bucket = bucket;
        this.key = key;
        this.uploadId = uploadId;
    }

    /** Begins an upload. */
    static MultipartRequests begin(Bucket bucket, NewObject object) {
        String uploadId = bucket.client()
                .createMultipartUpload(object.beginRequest(bucket))
                .uploadId();
        return new MultipartRequests(bucket, object.key(), uploadId);
    }

    String uploadId() {
        return uploadId;
    }

    /** Sends a part that is held in memory, so that the client can repeat it. */
    CompletedPart put(int number, Piece piece) {
        return put(number, piece.length(), piece::stream);
    }

    CompletedPart put(int number, long byteSize, ContentStreamProvider content) {
        String eTag = bucket.client()
                .uploadPart(
                        UploadPartRequest.builder()
                                .bucket(bucket.name())
                                .key(bucket.objectKey(key))
                                .uploadId(uploadId)
                                .partNumber(number)
                                .contentLength(byteSize)
                                .build(),
                        RequestBody.fromContentProvider(content, byteSize, BINARY))
                .eTag();
        return part(number, eTag);
    }

    /**
     * Makes a part of a range of another blob, if that is at a version.
     *
     * @param sourceETag bare
     * @param range as in the header {@code Range}
     */
    CompletedPart copy(int number, String sourceKey, String sourceETag, String range) {
        String eTag = bucket.client()
                .uploadPartCopy(UploadPartCopyRequest.builder()
                        .sourceBucket(bucket.name())
                        .sourceKey(bucket.objectKey(sourceKey))
                        .copySourceIfMatch(ETags.quoted(sourceETag))
                        .copySourceRange(range)
                        .destinationBucket(bucket.name())
                        .destinationKey(bucket.objectKey(key))
                        .uploadId(uploadId)
                        .partNumber(number)
                        .build())
                .copyPartResult()
                .eTag();
        return part(number, eTag);
    }

    /** Makes the blob, and nothing if the key is taken. */
    CompleteMultipartUploadResponse complete(List<CompletedPart> parts) {
        return bucket.client()
                .completeMultipartUpload(CompleteMultipartUploadRequest.builder()
                        .bucket(bucket.name())
                        .key(bucket.objectKey(key))
                        .uploadId(uploadId)
                        .ifNoneMatch("*")
                        .multipartUpload(
                                CompletedMultipartUpload.builder().parts(parts).build())
                        .build());
    }

    /** Ends the upload and deletes its parts; passes over one that is not in progress. */
    void abort() {
        abort(request -> {});
    }

    /** The same with settings of its own. */
    void abort(Consumer<AwsRequestOverrideConfiguration.Builder> settings) {
        try {
            bucket.client()
                    .abortMultipartUpload(AbortMultipartUploadRequest.builder()
                            .bucket(bucket.name())
                            .key(bucket.objectKey(key))
                            .uploadId(uploadId)
                            .overrideConfiguration(settings)
                            .build());
        } catch (SdkException e) {
            if (FailureKind.of(e) != FailureKind.NOT_FOUND) {
                throw e;
            }
        }
    }

    static CompletedPart part(int number, String eTag) {
        return CompletedPart.builder().partNumber(number).eTag(eTag).build();
    }
}
