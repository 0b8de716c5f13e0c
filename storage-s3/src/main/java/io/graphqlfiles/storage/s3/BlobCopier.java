package io.graphqlfiles.storage.s3;

import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.CopyRequest;
import java.util.List;
import java.util.concurrent.Executor;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * Copies blobs inside the bucket: with one request, or large ones as a multipart upload, whose parts are copied several
 * at once.
 */
final class BlobCopier {

    private static final String OPERATION = "copy";

    private final Failures failures;
    private final BlobHeads heads;
    private final BlobWriter writer;
    private final WholeCopies wholes;
    private final CopyPins pins;
    private final Executor threads;
    private final CopySizes sizes;
    private final ObjectSettings settings;

    BlobCopier(
            Bucket bucket,
            Failures failures,
            BlobHeads heads,
            BlobWriter writer,
            Executor threads,
            CopySizes sizes,
            ObjectSettings settings) {
        this.failures = failures;
        this.heads = heads;
        this.writer = writer;
        this.pins = new CopyPins(bucket);
        this.wholes = new WholeCopies(bucket, failures, heads, writer, pins, settings);
        this.threads = threads;
        this.sizes = sizes;
        this.settings = settings;
    }

    /** What {@link io.graphqlfiles.spi.BlobStore#copy} does with valid keys. */
    BlobInfo copy(CopyRequest copy) {
        if (copy.sourceKey().equals(copy.targetKey())) {
            throw failures.taken(OPERATION, copy.targetKey(), null);
        }
        return copy.source().byteSize() <= sizes.whole() ? wholes.copy(copy) : copyInParts(copy);
    }

    private BlobInfo copyInParts(CopyRequest copy) {
        WriteId writeId = WriteId.random();
        NewObject target = NewObject.of(copy, settings, writeId);
        MultipartRequests upload = writer.begin(target);
        ParallelParts parts = new ParallelParts(threads);
        List<CompletedPart> copied;
        try {
            copied = copyAll(copy, upload, parts);
        } catch (RuntimeException | Error e) {
            writer.abandon(upload, parts, e);
            throw e;
        }
        return writer.complete(target, writeId, upload, copied, copy.source().byteSize());
    }

    private List<CompletedPart> copyAll(CopyRequest copy, MultipartRequests upload, ParallelParts parts) {
        long byteSize = copy.source().byteSize();
        try {
            long step = Math.max(sizes.part(), byteSize / BlobWriter.MAX_PARTS + 1);
            int number = 1;
            for (long first = 0; first < byteSize; first += step) {
                int thisNumber = number++;
                String range = "bytes=" + first + "-" + (Math.min(first + step, byteSize) - 1);
                parts.start(() -> upload.copy(thisNumber, copy.sourceKey(), copy.sourceVersion(), range), null);
                parts.settle();
            }
            List<CompletedPart> copied = parts.await();
            if (!pins.areHeeded()) {
                heads.requireVersion(OPERATION, copy.source());
            }
            return copied;
        } catch (SdkException e) {
            throw failure(copy, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failures.interrupted(OPERATION, copy.targetKey(), e);
        }
    }

    private BlobStoreException failure(CopyRequest copy, SdkException e) {
        return switch (FailureKind.of(e)) {
            case NOT_FOUND -> failures.notFound(OPERATION, copy.sourceKey(), e);
            case CONDITION_FAILED -> {
                pins.wereHeeded();
                yield failures.notAsPromised(
                        OPERATION, copy.sourceKey(), "version " + copy.sourceVersion(), "another version", e);
            }
            default -> failures.of(OPERATION, copy.targetKey(), e);
        };
    }
}
