package io.graphqlfiles.storage.s3;

import io.graphqlfiles.spi.BlobHead;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.ByteRange;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private static final String HEAD = "head";
    private static final Pattern TOTAL = Pattern.compile("bytes [0-9]+-[0-9]+/([0-9]{1,18})");

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
            content = get(key, header);
        } catch (SdkException e) {
            if (isNotSatisfiable(e)) {
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

    /** What {@link io.graphqlfiles.spi.BlobStore#head} does with a valid key. */
    @Nullable
    BlobHead head(String key, int length) throws IOException {
        ResponseInputStream<GetObjectResponse> content;
        try {
            content = get(key, header(ByteRange.first(length)));
        } catch (SdkException e) {
            if (isNotSatisfiable(e)) {
                return emptyHead(key);
            }
            if (FailureKind.of(e) == FailureKind.NOT_FOUND) {
                return null;
            }
            throw failures.of(HEAD, key, e);
        }
        GetObjectResponse answer = content.response();
        try (InputStream bytes = new BlobInputStream(content, Math.min(answer.contentLength(), length))) {
            BlobInfo.Builder info = BlobInfo.newBlobInfo(key, byteSize(key, answer), answer.lastModified())
                    .version(ETags.bare(answer.eTag()));
            return new BlobHead(
                    BlobHeads.withType(info, answer.contentType(), answer.contentDisposition()),
                    bytes.readNBytes(length));
        }
    }

    /** Of an empty blob no range can be had (RFC 9110, section 14.1.2). */
    private @Nullable BlobHead emptyHead(String key) {
        BlobInfo info = heads.find(HEAD, key);
        if (info != null && info.byteSize() > 0) {
            throw failures.notAsPromised(HEAD, key, "an empty blob", info.byteSize() + " bytes", null);
        }
        return info == null ? null : new BlobHead(info, new byte[0]);
    }

    /** Of the whole blob: {@code bytes 0-99/1234}, or what came if the server has sent all of it. */
    private long byteSize(String key, GetObjectResponse answer) {
        String range = answer.contentRange();
        if (range == null) {
            return answer.contentLength();
        }
        Matcher total = TOTAL.matcher(range);
        if (!total.matches()) {
            throw failures.other(HEAD, key, false, "expected the size of the blob, found \"" + range + '"', null);
        }
        return Long.parseLong(total.group(1));
    }

    private InputStream beyondTheEnd(String key) {
        if (heads.find(OPERATION, key) == null) {
            throw failures.notFound(OPERATION, key, null);
        }
        return InputStream.nullInputStream();
    }

    private ResponseInputStream<GetObjectResponse> get(String key, @Nullable String range) {
        return bucket.client()
                .getObject(GetObjectRequest.builder()
                        .bucket(bucket.name())
                        .key(bucket.objectKey(key))
                        .range(range)
                        .build());
    }

    private static boolean isNotSatisfiable(SdkException failure) {
        return failure instanceof S3Exception answer && answer.statusCode() == RANGE_NOT_SATISFIABLE;
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
