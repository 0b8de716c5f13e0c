package io.graphqlfiles.storage.s3;

import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.CopyBlob;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * Copies blobs inside the bucket, always as a multipart upload, even of one part: only then does every server create
 * the target and never replace it, and the source can be looked at once more before the copy is visible.
 */
final class BlobCopier {

    private final Failures failures;
    private final BlobHeads heads;
    private final BlobWriter writer;
    private final Executor threads;
    private final long partByteSize;
    private final boolean objectAcls;

    BlobCopier(
            Failures failures,
            BlobHeads heads,
            BlobWriter writer,
            Executor threads,
            long partByteSize,
            boolean objectAcls) {
        this.failures = failures;
        this.heads = heads;
        this.writer = writer;
        this.threads = threads;
        this.partByteSize = partByteSize;
        this.objectAcls = objectAcls;
    }

    /** What {@link io.graphqlfiles.spi.BlobStore#copy} does with valid keys. */
    BlobInfo copy(CopyBlob copy) {
        BlobInfo source = requireVersion(copy);
        WriteId writeId = WriteId.random();
        NewObject target = NewObject.of(copy, objectAcls, writeId);
        if (source.byteSize() == 0) {
            // No part can be made of nothing; and all empty blobs are the same.
            return writer.write(target, writeId, Piece.empty());
        }
        MultipartRequests upload = writer.begin(target);
        ParallelParts parts = new ParallelParts(threads);
        List<CompletedPart> copied;
        try {
            copied = copyAll(copy, source, upload, parts);
        } catch (RuntimeException | Error e) {
            writer.abandon(upload, parts, e);
            throw e;
        }
        return writer.complete(target, writeId, upload, copied);
    }

    private List<CompletedPart> copyAll(CopyBlob copy, BlobInfo source, MultipartRequests upload, ParallelParts parts) {
        try {
            long step = Math.max(partByteSize, source.byteSize() / BlobWriter.MAX_PARTS + 1);
            int number = 1;
            for (long first = 0; first < source.byteSize(); first += step) {
                int thisNumber = number++;
                // Amazon takes no range of a small blob, and none is needed for all of it.
                String range = step >= source.byteSize()
                        ? null
                        : "bytes=" + first + "-" + (Math.min(first + step, source.byteSize()) - 1);
                parts.start(() -> upload.copy(thisNumber, copy.sourceKey(), copy.sourceVersion(), range), null);
                parts.settle();
            }
            List<CompletedPart> copied = parts.await();
            requireCopiedVersion(copy, copied);
            return copied;
        } catch (SdkException e) {
            throw failure(copy, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failures.interrupted("copy", copy.targetKey(), e);
        }
    }

    private BlobInfo requireVersion(CopyBlob copy) {
        BlobInfo source = heads.find("copy", copy.sourceKey());
        if (source == null) {
            throw failures.notFound("copy", copy.sourceKey(), null);
        }
        if (!source.version().equals(copy.sourceVersion())) {
            throw changed(copy, "version " + source.version(), null);
        }
        return source;
    }

    /**
     * Some servers copy whatever the condition on the source says. What was copied is of the version asked for if the
     * entity tag of the only part is the source's (it names the bytes), or if the source is still the same.
     */
    private void requireCopiedVersion(CopyBlob copy, List<CompletedPart> copied) {
        boolean sameBytes =
                copied.size() == 1 && ETags.bare(copied.get(0).eTag()).equals(copy.sourceVersion());
        if (!sameBytes) {
            requireVersion(copy);
        }
    }

    private BlobStoreException failure(CopyBlob copy, SdkException e) {
        return switch (FailureKind.of(e)) {
            case NOT_FOUND -> failures.notFound("copy", copy.sourceKey(), e);
            case CONDITION_FAILED -> changed(copy, "another version", e);
            default -> failures.of("copy", copy.targetKey(), e);
        };
    }

    private BlobStoreException changed(CopyBlob copy, String found, @Nullable Exception cause) {
        return failures.notAsPromised("copy", copy.sourceKey(), "version " + copy.sourceVersion(), found, cause);
    }
}
