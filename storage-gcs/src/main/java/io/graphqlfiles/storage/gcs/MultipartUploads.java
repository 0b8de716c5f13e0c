package io.graphqlfiles.storage.gcs;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestFactory;
import com.google.api.client.http.HttpResponse;
import com.google.cloud.storage.HttpStorageOptions;
import com.google.cloud.storage.MultipartUploadClient;
import com.google.cloud.storage.MultipartUploadSettings;
import com.google.cloud.storage.StorageException;
import com.google.cloud.storage.multipartupload.model.AbortMultipartUploadRequest;
import com.google.cloud.storage.multipartupload.model.CompleteMultipartUploadRequest;
import com.google.cloud.storage.multipartupload.model.CompletedMultipartUpload;
import com.google.cloud.storage.multipartupload.model.CompletedPart;
import com.google.cloud.storage.multipartupload.model.CreateMultipartUploadRequest;
import com.google.cloud.storage.multipartupload.model.ListMultipartUploadsRequest;
import com.google.cloud.storage.multipartupload.model.ListMultipartUploadsResponse;
import com.google.cloud.storage.multipartupload.model.ListPartsRequest;
import com.google.cloud.storage.multipartupload.model.ListPartsResponse;
import com.google.cloud.storage.multipartupload.model.MultipartUpload;
import com.google.cloud.storage.multipartupload.model.Part;
import io.graphqlfiles.internal.buffer.SizedInputStream;
import io.graphqlfiles.spi.BlobNotFoundException;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.ListingProgress;
import io.graphqlfiles.spi.PartUpload;
import io.graphqlfiles.spi.PartUploadRequest;
import io.graphqlfiles.spi.PartUploads;
import io.graphqlfiles.spi.PutPartRequest;
import io.graphqlfiles.spi.UploadedPart;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Uploads in parts by the XML API. The vendor's client speaks it, but takes the bytes of a part from memory or a file
 * only: what comes as a stream is sent with a request of our own over the same transport, with the same credentials.
 *
 * @see <a href="https://cloud.google.com/storage/docs/multipart-uploads">XML API multipart uploads</a>
 */
final class MultipartUploads implements PartUploads {

    /** See <a href="https://cloud.google.com/storage/quotas#requests">Quotas and limits</a>. */
    private static final PartUploads.Limits LIMITS = new PartUploads.Limits(5L << 20, 5L << 30, 10_000, 5L << 40);

    private final BucketObjects objects;
    private final MultipartUploadClient client;
    private final HttpRequestFactory requests;
    private final String base;

    /** @param base URL of all objects: endpoint, bucket and prefix, with a slash at its end */
    MultipartUploads(BucketObjects objects, HttpStorageOptions options, HttpRequestFactory requests, String base) {
        this.objects = objects;
        this.client = MultipartUploadClient.create(MultipartUploadSettings.of(Endpoints.nameless(options)));
        this.requests = requests;
        this.base = base;
    }

    @Override
    public PartUploads.Limits partLimits() {
        return LIMITS;
    }

    /** See <a href="https://cloud.google.com/storage/docs/multipart-uploads#considerations">Considerations</a>. */
    @Override
    public boolean isCreateOnly() {
        return false;
    }

    @Override
    public PartUpload beginParts(PartUploadRequest begin) {
        String key = begin.key();
        try {
            String uploadId = client.createMultipartUpload(CreateMultipartUploadRequest.builder()
                            .bucket(objects.bucket())
                            .key(objects.name(key))
                            .contentType(begin.contentType())
                            .contentDisposition("attachment")
                            .build())
                    .uploadId();
            return new PartUpload(key, uploadId);
        } catch (StorageException e) {
            throw objects.failures().of("beginParts", key, e);
        }
    }

    @Override
    public UploadedPart putPart(PutPartRequest part, InputStream content) throws IOException {
        String key = part.upload().key();
        SizedInputStream promised = new SizedInputStream(
                content, part.byteSize(), objects.failures().ofUpload("putPart", key));
        GenericUrl url = new GenericUrl(
                base + key + "?partNumber=" + part.number() + "&uploadId="
                        + URLEncoder.encode(part.upload().uploadId(), UTF_8),
                true);
        try {
            // One attempt: the bytes are gone then.
            HttpRequest request = requests.buildPutRequest(url, new PartContent(part.byteSize(), promised))
                    .setNumberOfRetries(0);
            HttpResponse response = request.execute();
            try {
                return new UploadedPart(
                        part.number(),
                        part.byteSize(),
                        version(response.getHeaders().getETag()));
            } finally {
                response.ignore();
                response.disconnect();
            }
        } catch (IOException e) {
            promised.throwFailure();
            throw objects.failures().of("putPart", key, e);
        }
    }

    @Override
    public List<UploadedPart> listParts(PartUpload upload) {
        String key = upload.key();
        List<UploadedPart> parts = new ArrayList<>();
        Integer marker = null;
        do {
            ListPartsResponse page = listParts(key, upload.uploadId(), marker);
            List<Part> found = page.parts() == null ? List.of() : page.parts();
            found.forEach(part -> parts.add(new UploadedPart(
                    part.partNumber(),
                    part.size(),
                    version(objects.failures().described("listParts", key, "ETag", part.eTag())))));
            marker = page.truncated() ? next(key, marker, page) : null;
        } while (marker != null);
        return List.copyOf(parts);
    }

    /** Parts are listed in the order of their numbers, which the marker must follow. */
    private int next(String key, @Nullable Integer marker, ListPartsResponse page) {
        Integer next = page.nextPartNumberMarker();
        if (next == null || next <= (marker == null ? 0 : marker)) {
            throw objects.failures().endless("listParts", key);
        }
        return next;
    }

    private ListPartsResponse listParts(String key, String uploadId, @Nullable Integer marker) {
        ListPartsRequest.Builder request = ListPartsRequest.builder()
                .bucket(objects.bucket())
                .key(objects.name(key))
                .uploadId(uploadId);
        if (marker != null) {
            request.partNumberMarker(marker);
        }
        try {
            return client.listParts(request.build());
        } catch (StorageException e) {
            throw objects.failures().of("listParts", key, e);
        }
    }

    @Override
    public void completeParts(PartUpload upload, List<UploadedPart> parts) {
        String key = upload.key();
        requireNoGaps(key, parts);
        List<CompletedPart> completed = parts.stream()
                .map(part -> CompletedPart.builder()
                        .partNumber(part.number())
                        .eTag('"' + part.version() + '"')
                        .build())
                .toList();
        try {
            client.completeMultipartUpload(CompleteMultipartUploadRequest.builder()
                    .bucket(objects.bucket())
                    .key(objects.name(key))
                    .uploadId(upload.uploadId())
                    .multipartUpload(
                            CompletedMultipartUpload.builder().parts(completed).build())
                    .build());
        } catch (StorageException e) {
            requireCompletedBefore(upload, parts, e);
        }
    }

    /**
     * Keys are fresh: a blob under this one, of this length, is of these parts. While it was made the client may have
     * stopped waiting and asked again, and was answered that the upload is gone.
     */
    private void requireCompletedBefore(PartUpload upload, List<UploadedPart> parts, StorageException failure) {
        String key = upload.key();
        BlobStoreException meaning = objects.failures().of("completeParts", key, failure);
        if (Failures.kind(failure) == Failures.Kind.NOT_FOUND || meaning.isRetryable()) {
            com.google.cloud.storage.BlobInfo blob = objects.findInAHurry("completeParts", key);
            if (blob != null
                    && blob.getSize()
                            == parts.stream().mapToLong(UploadedPart::byteSize).sum()) {
                return;
            }
        }
        throw meaning.isRetryable() ? whetherRetryable(upload, parts, meaning) : meaning;
    }

    /** An upload that is gone, or has other parts by now, will not be completed however often it is tried. */
    private BlobStoreException whetherRetryable(
            PartUpload upload, List<UploadedPart> parts, BlobStoreException meaning) {
        try {
            return listParts(upload).containsAll(parts)
                    ? meaning
                    : objects.failures()
                            .notAsPromised("completeParts", upload.key(), "the parts as they were", "others", meaning);
        } catch (BlobNotFoundException gone) {
            gone.addSuppressed(meaning);
            return gone;
        } catch (BlobStoreException e) {
            meaning.addSuppressed(e);
            return meaning;
        }
    }

    /** The service makes a blob of any parts that are there. */
    private void requireNoGaps(String key, List<UploadedPart> parts) {
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).number() != i + 1) {
                throw objects.failures()
                        .notAsPromised(
                                "completeParts",
                                key,
                                "part " + (i + 1),
                                "part " + parts.get(i).number(),
                                null);
            }
        }
    }

    /** Entity tags come with and without quotes. */
    private static String version(String entityTag) {
        return entityTag.replace("\"", "");
    }

    @Override
    public void abortParts(PartUpload upload) {
        abort("abortParts", upload.key(), upload.uploadId());
    }

    /** See {@link io.graphqlfiles.spi.BlobStore#removeUnfinishedWrites}. */
    int abortBegunBefore(Instant before) {
        int aborted = 0;
        BlobStoreException failure = null;
        ListingProgress progress = new ListingProgress();
        ListMultipartUploadsResponse page = null;
        do {
            page = listUploads(page);
            for (MultipartUpload upload : page.uploads()) {
                String key = objects.key(upload.key());
                if (key != null
                        && objects.failures()
                                .described("removeUnfinishedWrites", key, "Initiated", upload.initiated())
                                .toInstant()
                                .isBefore(before)) {
                    try {
                        abort("removeUnfinishedWrites", key, upload.uploadId());
                        aborted++;
                    } catch (BlobStoreException e) {
                        failure = Failures.first(failure, e);
                    }
                }
            }
        } while (goesOn(page, progress));
        if (failure != null) {
            throw failure;
        }
        return aborted;
    }

    private boolean goesOn(ListMultipartUploadsResponse page, ListingProgress progress) {
        if (!page.truncated()) {
            return false;
        }
        String marker = page.nextKeyMarker();
        if (marker == null || marker.isEmpty() || !progress.advancesTo(marker + '\n' + page.nextUploadIdMarker())) {
            throw objects.failures().endless("removeUnfinishedWrites", null);
        }
        return true;
    }

    private ListMultipartUploadsResponse listUploads(@Nullable ListMultipartUploadsResponse previous) {
        ListMultipartUploadsRequest.Builder request =
                ListMultipartUploadsRequest.builder().bucket(objects.bucket()).prefix(objects.name(""));
        if (previous != null) {
            request.keyMarker(previous.nextKeyMarker()).uploadIdMarker(previous.nextUploadIdMarker());
        }
        try {
            return client.listMultipartUploads(request.build());
        } catch (StorageException e) {
            throw objects.failures().of("removeUnfinishedWrites", null, e);
        }
    }

    private void abort(String operation, String key, String uploadId) {
        try {
            client.abortMultipartUpload(AbortMultipartUploadRequest.builder()
                    .bucket(objects.bucket())
                    .key(objects.name(key))
                    .uploadId(uploadId)
                    .build());
        } catch (StorageException e) {
            if (Failures.kind(e) != Failures.Kind.NOT_FOUND) {
                throw objects.failures().of(operation, key, e);
            }
        }
    }
}
