package io.graphqlfiles.storage.azure;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.models.Block;
import com.azure.storage.blob.models.BlockList;
import com.azure.storage.blob.models.BlockListType;
import com.azure.storage.blob.options.BlockBlobCommitBlockListOptions;
import com.azure.storage.blob.options.BlockBlobListBlocksOptions;
import com.azure.storage.blob.options.BlockBlobStageBlockOptions;
import io.graphqlfiles.internal.buffer.BufferMemory;
import io.graphqlfiles.internal.buffer.ContentReader;
import io.graphqlfiles.internal.buffer.Piece;
import io.graphqlfiles.spi.PartUpload;
import io.graphqlfiles.spi.PartUploadRequest;
import io.graphqlfiles.spi.PartUploads;
import io.graphqlfiles.spi.PutPartRequest;
import io.graphqlfiles.spi.UploadedPart;
import io.graphqlfiles.spi.Visibility;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Uploads in parts are uncommitted blocks under the key itself. A part that a client sends is one block, one that comes
 * through this process may be several. The service knows of no beginning, so a block of one byte marks an upload in
 * progress.
 */
final class BlockUploads implements PartUploads {

    private static final int MAX_PARTS = 10_000;
    /** The largest block. */
    private static final long MAX_PART = 4000L * 1024 * 1024;

    private final ContainerBlobs blobs;
    private final BlockWriter blocks;
    private final BufferMemory memory;
    private final Clock clock;

    BlockUploads(ContainerBlobs blobs, BlockWriter blocks, BufferMemory memory, Clock clock) {
        this.blobs = blobs;
        this.blocks = blocks;
        this.memory = memory;
        this.clock = clock;
    }

    /** As many bytes as fit into blocks of one chunk, which parts that come through this process are made of. */
    @Override
    public PartUploads.Limits partLimits() {
        return new PartUploads.Limits(
                1, MAX_PART, MAX_PARTS, (BlockWriter.MAX_BLOCKS - MAX_PARTS) * (long) blocks.chunkByteSize());
    }

    @Override
    public PartUpload beginParts(PartUploadRequest begin) {
        String key = begin.key();
        String uploadId = BlockId.newUploadId(clock.instant(), begin.contentType());
        try {
            blobs.calls()
                    .await(blobs.blob(key)
                            .stageBlockWithResponse(new BlockBlobStageBlockOptions(
                                    BlockId.mark(BlockId.uploadOf(uploadId)).encoded(),
                                    BinaryData.fromBytes(new byte[1]))));
            return new PartUpload(key, uploadId);
        } catch (RuntimeException e) {
            throw blobs.failures().of("beginParts", key, e);
        }
    }

    @Override
    public UploadedPart putPart(PutPartRequest part, InputStream content) throws IOException {
        String key = part.upload().key();
        int chunk = blocks.chunkByteSize();
        int count = Math.toIntExact((part.byteSize() - 1) / chunk + 1);
        requireInProgress("putPart", part.upload());
        BlockId first = new BlockId(
                BlockId.uploadOf(part.upload().uploadId()),
                part.number(),
                BlockId.newVersion(clock.instant()),
                0,
                count);
        ContentReader reader = new ContentReader(
                content, part.byteSize(), chunk, memory, blobs.failures().ofUpload("putPart", key));
        for (int i = 0; i < count; i++) {
            try (Piece piece = reader.next()) {
                blocks.send("putPart", key, first.at(i), piece);
            }
        }
        return new UploadedPart(part.number(), part.byteSize(), first.partVersion());
    }

    @Override
    public List<UploadedPart> listParts(PartUpload upload) {
        return requireInProgress("listParts", upload).parts();
    }

    private StagedParts requireInProgress(String operation, PartUpload upload) {
        StagedParts staged = StagedParts.of(upload.uploadId(), uncommitted(operation, upload.key()));
        if (!staged.isInProgress()) {
            throw blobs.failures().notInProgress(operation, upload.key(), null);
        }
        return staged;
    }

    private List<Block> uncommitted(String operation, String key) {
        BlockList list = blockList(operation, key);
        return list == null || list.getUncommittedBlocks() == null ? List.of() : list.getUncommittedBlocks();
    }

    /** Null if there is neither a blob nor a block. */
    private @Nullable BlockList blockList(String operation, String key) {
        try {
            return blobs.calls()
                    .await(blobs.blob(key).listBlocksWithResponse(new BlockBlobListBlocksOptions(BlockListType.ALL)))
                    .getValue();
        } catch (RuntimeException e) {
            if (Failures.kind(e) == Failures.Kind.NOT_FOUND) {
                return null;
            }
            throw blobs.failures().of(operation, key, e);
        }
    }

    @Override
    public void completeParts(PartUpload upload, List<UploadedPart> parts) {
        String key = upload.key();
        requireNoGaps(key, parts);
        List<String> wanted = parts.stream()
                .map(part -> BlockId.firstOf(upload.uploadId(), part))
                .flatMap(first -> IntStream.range(0, first.count())
                        .mapToObj(i -> first.at(i).encoded()))
                .toList();
        BlockList list = blockList("completeParts", key);
        if (isMadeOf(list, wanted)) {
            return;
        }
        StagedParts staged = StagedParts.of(
                upload.uploadId(),
                list == null || list.getUncommittedBlocks() == null ? List.of() : list.getUncommittedBlocks());
        if (!staged.isInProgress()) {
            throw blobs.failures().notInProgress("completeParts", key, null);
        }
        if (!staged.parts().containsAll(parts)) {
            throw blobs.failures().notAsPromised("completeParts", key, "the parts as they were", "others", null);
        }
        commit(upload, wanted);
    }

    private void commit(PartUpload upload, List<String> wanted) {
        String key = upload.key();
        try {
            blobs.calls()
                    .await(blobs.blob(key)
                            .commitBlockListWithResponse(new BlockBlobCommitBlockListOptions(wanted)
                                    .setHeaders(ContainerBlobs.headers(
                                            BlockId.contentTypeOf(upload.uploadId()),
                                            "attachment",
                                            Visibility.PRIVATE,
                                            null))
                                    .setRequestConditions(ContainerBlobs.createOnly())));
        } catch (RuntimeException e) {
            // Somebody else was faster, or the answer was lost and the client has asked again.
            if (!isMadeOf(blockList("completeParts", key), wanted)) {
                throw blobs.failures().of("completeParts", key, e);
            }
        }
    }

    private static boolean isMadeOf(@Nullable BlockList list, List<String> wanted) {
        return list != null
                && list.getCommittedBlocks() != null
                && list.getCommittedBlocks().stream()
                        .map(Block::getName)
                        .toList()
                        .equals(wanted);
    }

    /** The service makes a blob of any blocks that are there. */
    private void requireNoGaps(String key, List<UploadedPart> parts) {
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).number() != i + 1) {
                throw blobs.failures()
                        .notAsPromised(
                                "completeParts",
                                key,
                                "part " + (i + 1),
                                "part " + parts.get(i).number(),
                                null);
            }
        }
    }

    @Override
    public void abortParts(PartUpload upload) {
        if (uncommitted("abortParts", upload.key()).isEmpty()) {
            return;
        }
        try {
            blobs.discardBlocks(blobs.calls(), upload.key());
        } catch (RuntimeException e) {
            throw blobs.failures().of("abortParts", upload.key(), e);
        }
    }

    /** When what is under a key was begun, if it is uncommitted blocks of this store and nothing else. */
    @Nullable
    Instant unfinishedSince(String operation, String key) {
        BlockList list = blockList(operation, key);
        if (list == null
                || list.getUncommittedBlocks() == null
                || (list.getCommittedBlocks() != null
                        && !list.getCommittedBlocks().isEmpty())) {
            return null;
        }
        List<BlockId> ids = new ArrayList<>();
        for (Block block : list.getUncommittedBlocks()) {
            BlockId id = BlockId.parse(block.getName());
            if (id != null) {
                ids.add(id);
            }
        }
        // The youngest: what goes on is left alone.
        return ids.stream()
                .map(BlockId::uploadBegunAt)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }
}
