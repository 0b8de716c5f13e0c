package io.graphqlfiles.storage.s3;

import io.graphqlfiles.internal.buffer.BufferMemory;
import io.graphqlfiles.internal.buffer.ContentReader;
import io.graphqlfiles.internal.buffer.Piece;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.PutRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Writes new blobs. The caller's stream is read in the calling thread, never by the SDK, so that its failures stay its
 * own, and every request has a body that the client can repeat.
 */
final class BlobWriter {

    static final int MAX_PARTS = 10_000;
    /** In conflict with other writers. */
    static final int ATTEMPTS = 5;

    private final Bucket bucket;
    private final Failures failures;
    private final BlobHeads heads;
    private final BufferMemory memory;
    private final Executor threads;
    private final int partByteSize;
    private final ObjectSettings settings;

    BlobWriter(
            Bucket bucket,
            Failures failures,
            BlobHeads heads,
            BufferMemory memory,
            Executor threads,
            int partByteSize,
            ObjectSettings settings) {
        this.bucket = bucket;
        this.failures = failures;
        this.heads = heads;
        this.memory = memory;
        this.threads = threads;
        this.partByteSize = partByteSize;
        this.settings = settings;
    }

    /** What {@link io.graphqlfiles.spi.BlobStore#put} does with a valid key. */
    BlobInfo put(PutRequest blob, InputStream content) throws IOException {
        WriteId writeId = WriteId.random();
        NewObject object = NewObject.of(blob, settings, writeId);
        ContentReader reader = new ContentReader(
                content, blob.byteSize(), pieceByteSize(blob.byteSize()), memory, failures.ofUpload("put", blob.key()));
        try (Piece first = reader.next()) {
            return reader.hasEnded() ? write(object, writeId, first) : writeParts(object, writeId, first, reader);
        }
    }

    /** Writes a blob that is held in memory. */
    BlobInfo write(NewObject object, WriteId writeId, Piece whole) {
        for (int attempt = 1; ; attempt++) {
            try {
                PutObjectResponse answer = bucket.client()
                        .putObject(
                                object.putRequest(bucket, whole.length()),
                                RequestBody.fromContentProvider(whole::stream, whole.length(), object.contentType()));
                return made(object, whole.length(), answer.eTag(), answer);
            } catch (SdkException e) {
                if (!isConflict(e) || attempt == ATTEMPTS) {
                    return heads.settled(object.operation(), object.key(), writeId, e);
                }
                // Another writer is about to take the key, or has stopped: asking again shows which.
            }
        }
    }

    private BlobInfo writeParts(NewObject object, WriteId writeId, Piece first, ContentReader reader)
            throws IOException {
        MultipartRequests upload = begin(object);
        ParallelParts parts = new ParallelParts(threads);
        List<CompletedPart> sent;
        try {
            sent = sendAll(object, upload, parts, first, reader);
        } catch (IOException | RuntimeException | Error e) {
            abandon(upload, parts, e);
            throw e;
        }
        return complete(object, writeId, upload, sent, reader.byteSize());
    }

    private List<CompletedPart> sendAll(
            NewObject object, MultipartRequests upload, ParallelParts parts, Piece first, ContentReader reader)
            throws IOException {
        try {
            Piece piece = first;
            for (int number = 1; ; number++) {
                int thisNumber = number;
                Piece thisPiece = piece;
                parts.start(() -> upload.put(thisNumber, thisPiece), thisPiece);
                if (reader.hasEnded()) {
                    return parts.await();
                }
                if (number == MAX_PARTS) {
                    throw failures.other(
                            object.operation(),
                            object.key(),
                            false,
                            "expected at most " + MAX_PARTS + " parts of " + partByteSize
                                    + " bytes, found more: let the parts be larger",
                            null);
                }
                parts.settle();
                piece = reader.next();
            }
        } catch (SdkException e) {
            throw failures.of(object.operation(), object.key(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failures.interrupted(object.operation(), object.key(), e);
        }
    }

    /** Begins an upload; what comes of it ends with {@link #complete} or {@link #abandon}. */
    MultipartRequests begin(NewObject object) {
        try {
            return MultipartRequests.begin(bucket, object);
        } catch (SdkException e) {
            throw failures.of(object.operation(), object.key(), e);
        }
    }

    /** Makes the blob of its parts, or aborts the upload. */
    BlobInfo complete(
            NewObject object, WriteId writeId, MultipartRequests upload, List<CompletedPart> parts, long byteSize) {
        try {
            CompleteMultipartUploadResponse answer = upload.complete(parts);
            return made(object, byteSize, answer.eTag(), answer);
        } catch (SdkException e) {
            try {
                return heads.settled(object.operation(), object.key(), writeId, e);
            } catch (BlobStoreException failure) {
                abort(upload, failure);
                throw failure;
            }
        }
    }

    /** The answer is believed; it only has to name the version. */
    private BlobInfo made(NewObject object, long byteSize, @Nullable String eTag, SdkResponse answer) {
        return eTag == null || !ETags.isNamed(eTag)
                ? written(object)
                : object.made(byteSize, eTag, ResponseTimes.of(answer));
    }

    /**
     * Tells of what was just written; if that fails, takes it away, as the caller will believe that it is not there.
     */
    BlobInfo written(NewObject object) {
        try {
            return Interruptions.deferred(() -> heads.written(object.operation(), object.key()));
        } catch (BlobStoreException failure) {
            remove(object, failure);
            throw failure;
        }
    }

    /** Deletes what was just written. */
    void remove(NewObject object, BlobStoreException failure) {
        try {
            Interruptions.deferred(() -> bucket.client()
                    .deleteObject(DeleteObjectRequest.builder()
                            .bucket(bucket.name())
                            .key(bucket.objectKey(object.key()))
                            .overrideConfiguration(bucket::inAHurry)
                            .build()));
        } catch (SdkException e) {
            failure.addSuppressed(e);
        }
    }

    /** Leaves nothing of an upload: a part that arrives after the abort would stay. */
    void abandon(MultipartRequests upload, ParallelParts parts, Throwable failure) {
        parts.awaitEnd();
        abort(upload, failure);
    }

    private void abort(MultipartRequests upload, Throwable failure) {
        try {
            Interruptions.deferred(() -> {
                upload.abort(bucket::inAHurry);
                return true;
            });
        } catch (SdkException e) {
            // The sweep, or the bucket's life cycle, will remove it.
            failure.addSuppressed(e);
        }
    }

    /** S3 takes no more than so many parts, so those of a very large blob are larger. */
    private int pieceByteSize(long byteSize) {
        long needed = byteSize / MAX_PARTS + 1;
        return (int) Math.min(Integer.MAX_VALUE - 8, Math.max(partByteSize, needed));
    }

    static boolean isConflict(SdkException failure) {
        return failure instanceof S3Exception answer && answer.statusCode() == 409;
    }
}
