package io.graphqlfiles.storage.azure;

import static java.util.Objects.requireNonNullElse;

import com.azure.storage.blob.models.BlobDownloadAsyncResponse;
import com.azure.storage.blob.models.BlobDownloadHeaders;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.DownloadRetryOptions;
import io.graphqlfiles.spi.BlobHead;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.ByteRange;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Reads blobs, and how they begin together with what is known of them: one request each. */
final class BlobReads {

    private static final int NOT_SATISFIABLE = 416;
    /** How often a broken connection is taken up again. */
    private static final DownloadRetryOptions RETRIES = new DownloadRetryOptions().setMaxRetryRequests(3);

    private final ContainerBlobs blobs;

    BlobReads(ContainerBlobs blobs) {
        this.blobs = blobs;
    }

    InputStream open(String key, ByteRange range) {
        try {
            BlobDownloadAsyncResponse answer = ask(key, range);
            return new BlobInputStream(answer.getValue(), blobs.calls().limit());
        } catch (RuntimeException e) {
            if (Failures.status(e) == NOT_SATISFIABLE) {
                // The range begins at the end or after it.
                return InputStream.nullInputStream();
            }
            throw blobs.failures().of("open", key, e);
        }
    }

    /** Null if there is no such blob. */
    @Nullable
    BlobHead head(String key, int length) throws IOException {
        BlobDownloadAsyncResponse answer;
        try {
            answer = ask(key, ByteRange.first(length));
        } catch (RuntimeException e) {
            if (Failures.status(e) == NOT_SATISFIABLE) {
                return empty(key);
            }
            if (Failures.kind(e) == Failures.Kind.NOT_FOUND) {
                return null;
            }
            throw blobs.failures().of("head", key, e);
        }
        try (InputStream content =
                new BlobInputStream(answer.getValue(), blobs.calls().limit())) {
            BlobInfo info = described(key, answer.getDeserializedHeaders());
            byte[] bytes = content.readNBytes(length);
            if (bytes.length < Math.min(length, info.byteSize())) {
                throw new EOFException(
                        "expected " + Math.min(length, info.byteSize()) + " bytes, found " + bytes.length);
            }
            return new BlobHead(info, bytes);
        }
    }

    private @Nullable BlobHead empty(String key) {
        var blob = blobs.find("head", key);
        return blob == null ? null : new BlobHead(blobs.described("head", key, blob), new byte[0]);
    }

    private BlobDownloadAsyncResponse ask(String key, ByteRange range) {
        // A count that reaches past the largest offset would be refused.
        long count = Math.min(range.length(), Long.MAX_VALUE - range.offset());
        boolean toTheEnd = count == Long.MAX_VALUE - range.offset();
        BlobRange wanted = toTheEnd ? new BlobRange(range.offset()) : new BlobRange(range.offset(), count);
        return blobs.calls()
                .await(blobs.blob(key).downloadStreamWithResponse(wanted, RETRIES, new BlobRequestConditions(), false));
    }

    private BlobInfo described(String key, BlobDownloadHeaders blob) {
        OffsetDateTime created = blob.getCreationTime() == null ? blob.getLastModified() : blob.getCreationTime();
        boolean isPart = blob.getContentRange() != null;
        return BlobInfo.newBlobInfo(
                        key,
                        size(key, blob),
                        blobs.failures()
                                .described("head", key, "Last-Modified", created)
                                .toInstant())
                .contentType(requireNonNullElse(blob.getContentType(), "application/octet-stream"))
                .contentDisposition(ContainerBlobs.dispositionOf(blob.getContentDisposition()))
                .version(ContainerBlobs.version(blobs.failures().described("head", key, "ETag", blob.getETag())))
                // Of a part, Content-MD5 would be that of the part.
                .checksum(ContainerBlobs.checksum(isPart ? blob.getBlobContentMD5() : blob.getContentMd5()))
                .build();
    }

    /** {@code bytes 0-99/1234} is of 1234. */
    private long size(String key, BlobDownloadHeaders blob) {
        String range = blob.getContentRange();
        return range == null
                ? blobs.failures().described("head", key, "Content-Length", blob.getContentLength())
                : Long.parseLong(range.substring(range.lastIndexOf('/') + 1));
    }
}
