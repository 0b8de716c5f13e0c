package io.graphqlfiles.storage.s3.server;

import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * What s3proxy keeps its objects in, made to differ less from S3. It is a file system, where a key cannot be within
 * another one: here a slash is no slash. And its servlet container rewrites content types that it knows; it does not
 * know them with a blank at the end, which no client sees. And it takes parts for uploads that are over.
 */
final class FaithfulBlobs extends ForwardingBlobStore {

    private final Set<String> ended = ConcurrentHashMap.newKeySet();

    FaithfulBlobs(BlobStore blobs) {
        super(blobs);
    }

    @Override
    public boolean blobExists(String bucket, String key) {
        return super.blobExists(bucket, flat(key));
    }

    @Override
    public HeadObjectResponse blobMetadata(HeadObjectRequest request) {
        HeadObjectResponse head =
                super.blobMetadata(request.toBuilder().key(flat(request.key())).build());
        return head == null
                ? null
                : head.toBuilder().contentType(unknown(head.contentType())).build();
    }

    @Override
    public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
        ResponseInputStream<GetObjectResponse> blob =
                super.getBlob(request.toBuilder().key(flat(request.key())).build());
        if (blob == null) {
            return null;
        }
        GetObjectResponse answer = blob.response();
        return new ResponseInputStream<>(
                answer.toBuilder().contentType(unknown(answer.contentType())).build(), blob);
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream content) {
        return super.putBlob(request.toBuilder().key(flat(request.key())).build(), content);
    }

    @Override
    public CopyObjectResponse copyBlob(CopyObjectRequest request) {
        return super.copyBlob(request.toBuilder()
                .sourceKey(flat(request.sourceKey()))
                .destinationKey(flat(request.destinationKey()))
                .build());
    }

    @Override
    public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
        return super.removeBlob(request.toBuilder().key(flat(request.key())).build());
    }

    @Override
    public ObjectCannedACL getBlobAccess(String bucket, String key) {
        return super.getBlobAccess(bucket, flat(key));
    }

    @Override
    public void setBlobAccess(String bucket, String key, ObjectCannedACL access) {
        super.setBlobAccess(bucket, flat(key), access);
    }

    @Override
    public ListObjectsV2Response list(ListObjectsV2Request request) {
        ListObjectsV2Response page = super.list(request.toBuilder()
                .prefix(flat(request.prefix()))
                .continuationToken(flat(request.continuationToken()))
                .startAfter(flat(request.startAfter()))
                .build());
        return page.toBuilder()
                .contents(page.contents().stream()
                        .map(object ->
                                object.toBuilder().key(real(object.key())).build())
                        .toList())
                .nextContinuationToken(real(page.nextContinuationToken()))
                .build();
    }

    @Override
    public MultipartUpload initiateMultipartUpload(CreateMultipartUploadRequest request) {
        MultipartUpload upload = super.initiateMultipartUpload(
                request.toBuilder().key(flat(request.key())).build());
        return new MultipartUpload(upload.id(), request, upload.response());
    }

    @Override
    public void abortMultipartUpload(MultipartUpload upload) {
        ended.add(upload.id());
        super.abortMultipartUpload(flat(upload));
    }

    @Override
    public CompleteMultipartUploadResponse completeMultipartUpload(
            MultipartUpload upload, CompleteMultipartUploadRequest request) {
        return super.completeMultipartUpload(
                flat(upload), request.toBuilder().key(flat(request.key())).build());
    }

    @Override
    public UploadPartResponse uploadMultipartPart(
            MultipartUpload upload, UploadPartRequest request, InputStream content) {
        if (ended.contains(upload.id())) {
            throw NoSuchUploadException.builder()
                    .statusCode(404)
                    .awsErrorDetails(AwsErrorDetails.builder()
                            .errorCode("NoSuchUpload")
                            .build())
                    .build();
        }
        return super.uploadMultipartPart(
                flat(upload), request.toBuilder().key(flat(request.key())).build(), content);
    }

    @Override
    public List<Part> listMultipartUpload(MultipartUpload upload) {
        return super.listMultipartUpload(flat(upload));
    }

    @Override
    public List<software.amazon.awssdk.services.s3.model.MultipartUpload> listMultipartUploads(String bucket) {
        return super.listMultipartUploads(bucket).stream()
                .map(upload -> upload.toBuilder().key(real(upload.key())).build())
                .toList();
    }

    private static MultipartUpload flat(MultipartUpload upload) {
        return new MultipartUpload(
                upload.id(),
                upload.request().toBuilder().key(flat(upload.request().key())).build());
    }

    private static String flat(String key) {
        return key == null ? null : key.replace('/', '!');
    }

    private static String real(String key) {
        return key == null ? null : key.replace('!', '/');
    }

    private static String unknown(String contentType) {
        return contentType == null ? null : contentType + " ";
    }
}
