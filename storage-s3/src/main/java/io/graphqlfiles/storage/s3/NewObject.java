package io.graphqlfiles.storage.s3;

import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.CopyRequest;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.Visibility;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * What is kept with the bytes of a blob that is about to be written.
 *
 * @param operation the method that writes it
 * @param key ours
 * @param visibility who may read it, and which caches may keep it
 * @param settings of all objects
 * @param metadata user-defined
 */
record NewObject(
        String operation,
        String key,
        String contentType,
        String contentDisposition,
        Visibility visibility,
        ObjectSettings settings,
        Map<String, String> metadata) {

    static NewObject of(PutRequest put, ObjectSettings settings, WriteId writeId) {
        return new NewObject(
                "put",
                put.key(),
                put.contentType(),
                put.contentDisposition(),
                put.visibility(),
                settings,
                writeId.metadata());
    }

    static NewObject of(CopyRequest copy, ObjectSettings settings, WriteId writeId) {
        return new NewObject(
                "copy",
                copy.targetKey(),
                copy.contentType(),
                copy.contentDisposition(),
                copy.visibility(),
                settings,
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
                .cacheControl(ObjectSettings.cacheControl(visibility))
                .acl(settings.acl(visibility))
                .metadata(metadata)
                .overrideConfiguration(settings.configuration())
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
                .cacheControl(ObjectSettings.cacheControl(visibility))
                .acl(settings.acl(visibility))
                .metadata(metadata)
                .overrideConfiguration(settings.configuration())
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
                .cacheControl(ObjectSettings.cacheControl(visibility))
                .acl(settings.acl(visibility))
                .metadata(metadata)
                .overrideConfiguration(settings.configuration())
                .build();
    }
}
