package io.graphqlfiles.storage.s3;

import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.CopyRequest;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.Visibility;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * What is kept with the bytes of a blob that is about to be written.
 *
 * @param operation the method that writes it
 * @param key ours
 * @param acl who may read it; null where the bucket's policy says so
 * @param metadata user-defined
 */
record NewObject(
        String operation,
        String key,
        String contentType,
        String contentDisposition,
        @Nullable ObjectCannedACL acl,
        Map<String, String> metadata) {

    static NewObject of(PutRequest put, boolean objectAcls, WriteId writeId) {
        return new NewObject(
                "put",
                put.key(),
                put.contentType(),
                put.contentDisposition(),
                acl(put.visibility(), objectAcls),
                writeId.metadata());
    }

    static NewObject of(CopyRequest copy, boolean objectAcls, WriteId writeId) {
        return new NewObject(
                "copy",
                copy.targetKey(),
                copy.contentType(),
                copy.contentDisposition(),
                acl(copy.visibility(), objectAcls),
                writeId.metadata());
    }

    /** One request that creates it, and nothing if the key is taken. */
    PutObjectRequest putRequest(Bucket bucket, long byteSize) {
        return PutObjectRequest.builder()
                .bucket(bucket.name())
                .key(bucket.objectKey(key))
                .ifNoneMatch("*")
                .contentLength(byteSize)
                .contentType(contentType)
                .contentDisposition(contentDisposition)
                .acl(acl)
                .metadata(metadata)
                .build();
    }

    /**
     * One request that creates it as a copy, if the source is at a version.
     *
     * @param sourceETag bare
     * @param createOnly whether to ask the server to create nothing if the key is taken
     */
    CopyObjectRequest copyRequest(Bucket bucket, String sourceKey, String sourceETag, boolean createOnly) {
        return CopyObjectRequest.builder()
                .sourceBucket(bucket.name())
                .sourceKey(bucket.objectKey(sourceKey))
                .copySourceIfMatch(ETags.quoted(sourceETag))
                .destinationBucket(bucket.name())
                .destinationKey(bucket.objectKey(key))
                .ifNoneMatch(createOnly ? "*" : null)
                .metadataDirective(MetadataDirective.REPLACE)
                .contentType(contentType)
                .contentDisposition(contentDisposition)
                .acl(acl)
                .metadata(metadata)
                .build();
    }

    /** What is known of it when it has been created. */
    BlobInfo made(long byteSize, String eTag, Instant at) {
        return BlobInfo.newBlobInfo(key, byteSize, at)
                .contentType(contentType)
                .contentDisposition(contentDisposition)
                .version(ETags.bare(eTag))
                .build();
    }

    /** The first of several requests. */
    CreateMultipartUploadRequest beginRequest(Bucket bucket) {
        return CreateMultipartUploadRequest.builder()
                .bucket(bucket.name())
                .key(bucket.objectKey(key))
                .contentType(contentType)
                .contentDisposition(contentDisposition)
                .acl(acl)
                .metadata(metadata)
                .build();
    }

    /**
     * Private objects get no ACL: that is what the bucket's owner has by default, and some buckets refuse every ACL.
     */
    private static @Nullable ObjectCannedACL acl(Visibility visibility, boolean objectAcls) {
        return objectAcls && visibility == Visibility.PUBLIC ? ObjectCannedACL.PUBLIC_READ : null;
    }
}
