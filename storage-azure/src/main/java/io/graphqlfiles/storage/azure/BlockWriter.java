package io.graphqlfiles.storage.azure;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.options.BlockBlobStageBlockOptions;
import io.graphqlfiles.internal.buffer.Piece;

/** Sends blocks from memory, so that the client can repeat it. */
final class BlockWriter {

    /** See <a href="https://learn.microsoft.com/rest/api/storageservices/put-block-list">Put Block List</a>. */
    static final int MAX_BLOCKS = 50_000;

    private final ContainerBlobs blobs;
    private final int chunkByteSize;

    /** @param chunkByteSize of every block but the last of a blob or part */
    BlockWriter(ContainerBlobs blobs, int chunkByteSize) {
        this.blobs = blobs;
        this.chunkByteSize = chunkByteSize;
    }

    int chunkByteSize() {
        return chunkByteSize;
    }

    /**
     * Sends one block.
     *
     * @return its encoded name
     * @throws io.graphqlfiles.spi.BlobStoreException if it cannot be sent
     */
    String send(String operation, String key, BlockId block, Piece piece) {
        String name = block.encoded();
        try {
            blobs.calls()
                    .await(blobs.blob(key)
                            .stageBlockWithResponse(
                                    new BlockBlobStageBlockOptions(name, BinaryData.fromListByteBuffer(piece.buffers()))
                                            .setContentMd5(Checksums.md5(piece))));
            return name;
        } catch (RuntimeException e) {
            throw blobs.failures().of(operation, key, e);
        }
    }
}
