package io.graphqlfiles.storage.s3;

import io.graphqlfiles.internal.buffer.BufferMemory;
import io.graphqlfiles.internal.buffer.ContentReader;
import io.graphqlfiles.internal.buffer.Piece;
import io.graphqlfiles.internal.buffer.SizedInputStream;
import io.graphqlfiles.internal.buffer.UploadFailures;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobNotFoundException;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.PartUpload;
import io.graphqlfiles.spi.PartUploadRequest;
import io.graphqlfiles.spi.PartUploads;
import io.graphqlfiles.spi.PutPartRequest;
import io.graphqlfiles.spi.UploadedPart;
import io.graphqlfiles.spi.Visibility;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.ListPartsRequest;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.Part;

/** Uploads in parts are multipart uploads. */
final class MultipartParts implements PartUploads {

    private static final long MIB = 1024 * 1024;

    /**
     * <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html">Amazon's</a>; others take as much.
     */
    static final PartUploads.Limits LIMITS =
            new PartUploads.Limits(5 * MIB, 5 * 1024 * MIB, BlobWriter.MAX_PARTS, S3BlobStore.MAX_BYTE_SIZE);

    private final Bucket bucket;
    private final Failures failures;
    private final BlobHeads heads;
    private final BufferMemory memory;
    private final int bufferByteSize;
    private final ObjectSettings settings;

    /** @param bufferByteSize a part up to this length is held in memory, so that sending it can be repeated */
    MultipartParts(
            Bucket bucket,
            Failures failures,
            BlobHeads heads,
            BufferMemory memory,
            int bufferByteSize,
            ObjectSettings settings) {
        this.bucket = bucket;
        this.failures = failures;
        this.heads = heads;
        this.memory = memory;
        this.bufferByteSize = bufferByteSize;
        this.settings = settings;
    }

    @Override
    public PartUploads.Limits partLimits() {
        return LIMITS;
    }

    @Override
    public PartUpload beginParts(PartUploadRequest begin) {
        String key = begin.key();
        NewObject object = new NewObject(
                "beginParts", key, begin.contentType(), "attachment", Visibility.PRIVATE, settings, Map.of());
        try {
            return new PartUpload(key, MultipartRequests.begin(bucket, object).uploadId());
        } catch (SdkException e) {
            throw failures.of("beginParts", key, e);
        }
    }

    @Override
    public UploadedPart putPart(PutPartRequest part, InputStream content) throws IOException {
        MultipartRequests upload = upload(part.upload());
        String key = part.upload().key();
        UploadFailures ofUpload = failures.ofUpload("putPart", key);
        CompletedPart sent;
        if (part.byteSize() <= bufferByteSize) {
            ContentReader reader = new ContentReader(content, part.byteSize(), bufferByteSize, memory, ofUpload);
            try (Piece piece = reader.next()) {
                sent = put(key, () -> upload.put(part.number(), piece));
            }
        } else {
            SizedInputStream promised = new SizedInputStream(content, part.byteSize(), ofUpload);
            try {
                sent = put(key, () -> upload.put(part.number(), part.byteSize(), () -> unread(promised)));
            } catch (BlobStoreException e) {
                promised.throwFailure();
                throw e;
            }
        }
        return new UploadedPart(part.number(), part.byteSize(), ETags.bare(sent.eTag()));
    }

    @Override
    public List<UploadedPart> listParts(PartUpload upload) {
        String key = upload.key();
        List<UploadedPart> parts = new ArrayList<>();
        Integer marker = null;
        try {
            do {
                ListPartsResponse page = listParts(upload, marker);
                for (Part part : page.parts()) {
                    parts.add(described(key, part));
                }
                marker = next(key, marker, page);
            } while (marker != null);
        } catch (SdkException e) {
            throw failures.of("listParts", key, e);
        }
        return parts;
    }

    @Override
    public void completeParts(PartUpload upload, List<UploadedPart> parts) {
        MultipartRequests requests = upload(upload);
        String key = upload.key();
        List<CompletedPart> completed = new ArrayList<>();
        for (UploadedPart part : parts) {
            completed.add(MultipartRequests.part(part.number(), part.version()));
            // The server would leave the gap out and call it complete.
            if (part.number() != completed.size()) {
                throw failures.notAsPromised(
                        "completeParts", key, "part " + completed.size(), "part " + part.number(), null);
            }
        }
        try {
            requests.complete(completed);
        } catch (SdkException e) {
            requireCompletedBefore(upload, parts, e);
        }
    }

    @Override
    public void abortParts(PartUpload upload) {
        MultipartRequests requests = upload(upload);
        try {
            requests.abort();
        } catch (SdkException e) {
            throw failures.of("abortParts", upload.key(), e);
        }
    }

    /**
     * Keys are fresh: a blob under this one, of this length, is of these parts. While it was made the client may have
     * gave up waiting and asked again, and a server that had the parts no more calls them invalid.
     */
    private void requireCompletedBefore(PartUpload upload, List<UploadedPart> parts, SdkException failure) {
        String key = upload.key();
        if (FailureKind.leavesOpen(failure) || FailureKind.of(failure) == FailureKind.NOT_AS_PROMISED) {
            BlobInfo blob = Interruptions.deferred(() -> heads.find("completeParts", key));
            if (blob != null
                    && blob.byteSize()
                            == parts.stream().mapToLong(UploadedPart::byteSize).sum()) {
                return;
            }
        }
        BlobStoreException meaning = failures.of("completeParts", key, failure);
        throw meaning.isRetryable() ? whetherRetryable(upload, parts, meaning) : meaning;
    }

    /** An upload that is gone, or has other parts by now, will not be completed however often it is tried. */
    private BlobStoreException whetherRetryable(
            PartUpload upload, List<UploadedPart> parts, BlobStoreException meaning) {
        try {
            List<UploadedPart> there = Interruptions.deferred(() -> listParts(upload));
            return there.containsAll(parts)
                    ? meaning
                    : failures.notAsPromised(
                            "completeParts", upload.key(), "the parts as they were", "others", meaning);
        } catch (BlobNotFoundException gone) {
            gone.addSuppressed(meaning);
            return gone;
        } catch (BlobStoreException e) {
            meaning.addSuppressed(e);
            return meaning;
        }
    }

    private UploadedPart described(String key, Part part) {
        return new UploadedPart(
                failures.described("listParts", key, "PartNumber", part.partNumber()),
                failures.described("listParts", key, "Size", part.size()),
                ETags.bare(failures.described("listParts", key, "ETag", part.eTag())));
    }

    /** Parts are listed in the order of their numbers, which the marker must follow. */
    private @Nullable Integer next(String key, @Nullable Integer marker, ListPartsResponse page) {
        if (!Boolean.TRUE.equals(page.isTruncated())) {
            return null;
        }
        Integer next = page.nextPartNumberMarker();
        if (next == null || next <= (marker == null ? 0 : marker)) {
            throw failures.endless("listParts", key, next == null ? null : "NextPartNumberMarker");
        }
        return next;
    }

    private ListPartsResponse listParts(PartUpload upload, @Nullable Integer marker) {
        return bucket.client()
                .listParts(ListPartsRequest.builder()
                        .bucket(bucket.name())
                        .key(bucket.objectKey(upload.key()))
                        .uploadId(upload.uploadId())
                        .partNumberMarker(marker)
                        .build());
    }

    /** A stream that was read cannot be sent again; the SDK repeats no request for this. */
    private static InputStream unread(SizedInputStream content) {
        if (content.isBegun()) {
            throw SdkClientException.create("the request cannot be repeated: its body is a stream");
        }
        return content;
    }

    private CompletedPart put(String key, Supplier<CompletedPart> request) {
        try {
            return request.get();
        } catch (SdkException e) {
            throw failures.of("putPart", key, e);
        }
    }

    private MultipartRequests upload(PartUpload upload) {
        return new MultipartRequests(bucket, upload.key(), upload.uploadId());
    }
}
