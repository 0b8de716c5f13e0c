package io.graphqlfiles.storage.azure;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.models.BlobHttpHeaders;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlockBlobItem;
import com.azure.storage.blob.options.BlockBlobCommitBlockListOptions;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
import com.azure.storage.blob.options.BlockBlobStageBlockFromUrlOptions;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.CopyRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Copies a blob inside the service, of one version and to a free key: the service reads blocks from a URL that is
 * signed for it, each only if the source still has the entity tag, and makes the blob of them with its own headers. The
 * requests that copy a whole blob keep the source's headers.
 *
 * @see <a href="https://learn.microsoft.com/rest/api/storageservices/put-block-from-url">Put Block From URL</a>
 */
final class BlobCopy {

    private static final String OPERATION = "copy";
    /** Small enough to be copied within the time of a call. */
    private static final long BLOCK = 100L * 1024 * 1024;
    /** The clocks of service and application may differ. */
    private static final Duration URL_VALIDITY = Duration.ofHours(1);

    private final ContainerBlobs blobs;
    private final SignedAccess access;
    private final CopyRequest copy;
    private final Instant now;
    private final String writeId = ContainerBlobs.newWriteId();

    BlobCopy(ContainerBlobs blobs, SignedAccess access, CopyRequest copy, Instant now) {
        this.blobs = blobs;
        this.access = access;
        this.copy = copy;
        this.now = now;
    }

    BlobInfo send() {
        if (copy.sourceKey().equals(copy.targetKey())) {
            throw blobs.failures().taken(OPERATION, copy.targetKey(), null);
        }
        BlobInfo source = copy.source();
        BlobHttpHeaders headers =
                ContainerBlobs.headers(
                        copy.contentType(), copy.contentDisposition(), copy.visibility(), source.checksum());
        if (source.byteSize() == 0) {
            requireSource(null);
            return createEmpty(headers);
        }
        List<String> staged = new ArrayList<>();
        try {
            stageAll(source, staged);
            return commit(staged, headers);
        } catch (RuntimeException e) {
            if (!staged.isEmpty()) {
                discard(e);
            }
            throw e;
        }
    }

    private void stageAll(BlobInfo source, List<String> staged) {
        BlockId first = new BlockId(BlockId.newUpload(now), 1, BlockId.newVersion(now), 0, 1);
        long size = source.byteSize();
        for (long from = 0; from < size; from += BLOCK) {
            String name = first.at(staged.size()).encoded();
            try {
                blobs.calls()
                        .await(blobs.blob(copy.targetKey())
                                .stageBlockFromUrlWithResponse(new BlockBlobStageBlockFromUrlOptions(
                                                name, access.copySource(source.key(), now.plus(URL_VALIDITY)))
                                        .setSourceRange(new BlobRange(from, Math.min(BLOCK, size - from)))
                                        .setSourceRequestConditions(new BlobRequestConditions()
                                                .setIfMatch(ContainerBlobs.entityTag(source.version())))));
            } catch (RuntimeException e) {
                requireSource(e);
                throw blobs.failures().of(OPERATION, copy.targetKey(), e);
            }
            staged.add(name);
        }
    }

    private BlobInfo commit(List<String> staged, BlobHttpHeaders headers) {
        try {
            BlockBlobItem made = blobs.calls()
                    .await(blobs.blob(copy.targetKey())
                            .commitBlockListWithResponse(new BlockBlobCommitBlockListOptions(staged)
                                    .setHeaders(headers)
                                    .setMetadata(ContainerBlobs.metadata(writeId))
                                    .setRequestConditions(ContainerBlobs.createOnly())))
                    .getValue();
            return blobs.described(OPERATION, copy.targetKey(), copy.source().byteSize(), headers, made);
        } catch (RuntimeException e) {
            return blobs.settle(OPERATION, copy.targetKey(), writeId, e);
        }
    }

    /** There is nothing to read in it, and nothing that another version of it could have. */
    private BlobInfo createEmpty(BlobHttpHeaders headers) {
        try {
            BlockBlobItem made = blobs.calls()
                    .await(blobs.blob(copy.targetKey())
                            .uploadWithResponse(new BlockBlobSimpleUploadOptions(BinaryData.fromBytes(new byte[0]))
                                    .setHeaders(headers)
                                    .setMetadata(ContainerBlobs.metadata(writeId))
                                    .setRequestConditions(ContainerBlobs.createOnly())))
                    .getValue();
            return blobs.described(OPERATION, copy.targetKey(), 0, headers, made);
        } catch (RuntimeException e) {
            return blobs.settle(OPERATION, copy.targetKey(), writeId, e);
        }
    }

    /** What the service answers about a source has many names; so the source itself is asked. */
    private void requireSource(@Nullable RuntimeException failure) {
        BlobProperties source;
        try {
            source = blobs.find(OPERATION, copy.sourceKey());
        } catch (BlobStoreException e) {
            if (failure == null) {
                throw e;
            }
            failure.addSuppressed(e);
            return;
        }
        if (source == null) {
            throw blobs.failures().notFound(OPERATION, copy.sourceKey(), failure);
        }
        String version = ContainerBlobs.version(
                blobs.failures().described(OPERATION, copy.sourceKey(), "ETag", source.getETag()));
        if (!version.equals(copy.sourceVersion())) {
            throw blobs.failures()
                    .notAsPromised(
                            OPERATION,
                            copy.sourceKey(),
                            "version " + copy.sourceVersion(),
                            "version " + version,
                            failure);
        }
    }

    private void discard(RuntimeException failure) {
        try {
            blobs.discardBlocks(blobs.followUps(), copy.targetKey());
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }
}
