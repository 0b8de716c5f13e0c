package io.graphqlfiles.storage.azure;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.models.BlobHttpHeaders;
import com.azure.storage.blob.models.BlockBlobItem;
import com.azure.storage.blob.options.BlockBlobCommitBlockListOptions;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
import io.graphqlfiles.internal.buffer.BufferMemory;
import io.graphqlfiles.internal.buffer.ContentReader;
import io.graphqlfiles.internal.buffer.Piece;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.PutRequest;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Writes the bytes of one stream: in one request if they fit into a chunk, otherwise as blocks of that length. */
final class BlobUpload {

    private static final String OPERATION = "put";

    private final ContainerBlobs blobs;
    private final BlockWriter blocks;
    private final BufferMemory memory;
    private final PutRequest blob;
    private final Instant now;
    private final String writeId = ContainerBlobs.newWriteId();

    /** @param now by the clock of this machine */
    BlobUpload(ContainerBlobs blobs, BlockWriter blocks, BufferMemory memory, PutRequest blob, Instant now) {
        this.blobs = blobs;
        this.blocks = blocks;
        this.memory = memory;
        this.blob = blob;
        this.now = now;
    }

    BlobInfo send(InputStream content) throws IOException {
        ContentReader reader = new ContentReader(
                content,
                blob.byteSize(),
                blocks.chunkByteSize(),
                memory,
                blobs.failures().ofUpload(OPERATION, blob.key()));
        try (Piece first = reader.next()) {
            return reader.hasEnded() ? create(first) : sendInBlocks(first, reader);
        }
    }

    private BlobInfo create(Piece whole) {
        byte[] md5 = Checksums.md5(whole);
        BlobHttpHeaders headers = headers().setContentMd5(md5);
        try {
            BlockBlobItem made = blobs.calls()
                    .await(blobs.blob(blob.key())
                            .uploadWithResponse(
                                    new BlockBlobSimpleUploadOptions(BinaryData.fromListByteBuffer(whole.buffers()))
                                            .setHeaders(headers)
                                            .setContentMd5(md5)
                                            .setMetadata(ContainerBlobs.metadata(writeId))
                                            .setRequestConditions(ContainerBlobs.createOnly())))
                    .getValue();
            return blobs.described(OPERATION, blob.key(), whole.length(), headers, made);
        } catch (RuntimeException e) {
            return blobs.settle(OPERATION, blob.key(), writeId, e);
        }
    }

    private BlobInfo sendInBlocks(Piece first, ContentReader reader) throws IOException {
        try {
            MessageDigest md5 = Checksums.newMd5();
            List<String> sent = sendAll(first, reader, md5);
            return commit(sent, reader.byteSize(), headers().setContentMd5(md5.digest()));
        } catch (IOException | RuntimeException | Error e) {
            discard(e);
            throw e;
        }
    }

    /** Each chunk is given back before the next one is read. */
    private List<String> sendAll(Piece first, ContentReader reader, MessageDigest md5) throws IOException {
        BlockId block = new BlockId(BlockId.newUpload(now), 1, BlockId.newVersion(now), 0, 1);
        List<String> sent = new ArrayList<>();
        sent.add(send(block, first, md5));
        first.close();
        while (!reader.hasEnded()) {
            block = block.at(sent.size());
            if (sent.size() == BlockWriter.MAX_BLOCKS) {
                throw new BlobStoreException(
                        blobs.failures().store(),
                        OPERATION,
                        blob.key(),
                        false,
                        "expected at most " + BlockWriter.MAX_BLOCKS
                                + " chunks, found more; chunkByteSize is too small",
                        null);
            }
            try (Piece piece = reader.next()) {
                sent.add(send(block, piece, md5));
            }
        }
        return sent;
    }

    private String send(BlockId block, Piece piece, MessageDigest md5) {
        Checksums.update(md5, piece);
        return blocks.send(OPERATION, blob.key(), block, piece);
    }

    private BlobInfo commit(List<String> sent, long byteSize, BlobHttpHeaders headers) {
        try {
            BlockBlobItem made = blobs.calls()
                    .await(blobs.blob(blob.key())
                            .commitBlockListWithResponse(new BlockBlobCommitBlockListOptions(sent)
                                    .setHeaders(headers)
                                    .setMetadata(ContainerBlobs.metadata(writeId))
                                    .setRequestConditions(ContainerBlobs.createOnly())))
                    .getValue();
            return blobs.described(OPERATION, blob.key(), byteSize, headers, made);
        } catch (RuntimeException e) {
            return blobs.settle(OPERATION, blob.key(), writeId, e);
        }
    }

    /** Nobody ever sees the blocks; should this fail, the service drops them after a week. */
    private void discard(Throwable failure) {
        try {
            blobs.discardBlocks(blobs.followUps(), blob.key());
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private BlobHttpHeaders headers() {
        return ContainerBlobs.headers(blob.contentType(), blob.contentDisposition(), blob.visibility(), null);
    }
}
