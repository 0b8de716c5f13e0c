package io.graphqlfiles.storage.gcs;

import com.google.cloud.WriteChannel;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.Storage.BlobWriteOption;
import com.google.cloud.storage.Storage.PredefinedAcl;
import com.google.cloud.storage.StorageException;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.PutBlob;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the bytes of one stream: in one request if they fit into a chunk, otherwise chunk by chunk in a resumable
 * upload. Not an upload in parts: those take no preconditions, so that they would replace what is there.
 */
final class ObjectUpload {

    private final BucketObjects objects;
    private final PutBlob blob;
    private final int chunkSize;
    private final String writeId = BucketObjects.newWriteId();

    ObjectUpload(BucketObjects objects, PutBlob blob, int chunkSize) {
        this.objects = objects;
        this.blob = blob;
        this.chunkSize = chunkSize;
    }

    BlobInfo send(InputStream content) throws IOException {
        ContentChunks chunks = new ContentChunks(content, blob.byteSize(), chunkSize);
        com.google.cloud.storage.BlobInfo object =
                objects.newObject(blob.key(), blob.contentType(), blob.contentDisposition(), writeId);
        int length = next(chunks);
        return chunks.ended() ? create(object, chunks.buffer(), length) : resume(object, length, chunks);
    }

    private int next(ContentChunks chunks) throws IOException {
        int length = chunks.next();
        String found = chunks.wrongSize();
        if (found != null) {
            throw objects.failures().notAsPromised("put", blob.key(), blob.byteSize() + " bytes", found, null);
        }
        return length;
    }

    private BlobInfo create(com.google.cloud.storage.BlobInfo object, byte[] bytes, int length) {
        List<BlobTargetOption> options = new ArrayList<>(List.of(BlobTargetOption.doesNotExist()));
        if (objects.needsPublicAcl(blob.visibility())) {
            options.add(BlobTargetOption.predefinedAcl(PredefinedAcl.PUBLIC_READ));
        }
        try {
            return objects.told(
                    "put",
                    blob.key(),
                    objects.storage().create(object, bytes, 0, length, options.toArray(new BlobTargetOption[0])));
        } catch (StorageException e) {
            return objects.settle("put", blob.key(), writeId, e);
        }
    }

    /**
     * A channel that is not closed is an upload that never ends: nothing is ever seen of it, and the service drops it
     * after a week. Closing it would store what was sent so far.
     */
    @SuppressWarnings("resource")
    private BlobInfo resume(com.google.cloud.storage.BlobInfo object, int firstLength, ContentChunks chunks)
            throws IOException {
        List<BlobWriteOption> options = new ArrayList<>(List.of(BlobWriteOption.doesNotExist()));
        if (objects.needsPublicAcl(blob.visibility())) {
            options.add(BlobWriteOption.predefinedAcl(PredefinedAcl.PUBLIC_READ));
        }
        try {
            WriteChannel channel = open(object, options);
            write(channel, ByteBuffer.wrap(chunks.buffer(), 0, firstLength));
            while (!chunks.ended()) {
                int length = next(chunks);
                write(channel, ByteBuffer.wrap(chunks.buffer(), 0, length));
            }
            close(channel);
        } catch (WriteFailedException e) {
            return objects.settle("put", blob.key(), writeId, e.failure());
        }
        return stored();
    }

    private BlobInfo stored() {
        com.google.cloud.storage.BlobInfo stored = objects.find("put", blob.key());
        if (stored == null) {
            throw new BlobStoreException(
                    objects.failures().store(), "put", blob.key(), true, "deleted as soon as it was stored", null);
        }
        return objects.told("put", blob.key(), stored);
    }

    private WriteChannel open(com.google.cloud.storage.BlobInfo object, List<BlobWriteOption> options) {
        try {
            WriteChannel channel = objects.storage().writer(object, options.toArray(new BlobWriteOption[0]));
            channel.setChunkSize(chunkSize);
            return channel;
        } catch (StorageException e) {
            throw new WriteFailedException(e);
        }
    }

    private static void write(WriteChannel channel, ByteBuffer chunk) {
        try {
            while (chunk.hasRemaining()) {
                channel.write(chunk);
            }
        } catch (IOException | StorageException e) {
            throw new WriteFailedException(e);
        }
    }

    private static void close(WriteChannel channel) {
        try {
            channel.close();
        } catch (IOException | StorageException e) {
            throw new WriteFailedException(e);
        }
    }

    /** Keeps the failures of the service apart from those of the caller's stream; never leaves this class. */
    private static final class WriteFailedException extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final Exception failure;

        WriteFailedException(Exception failure) {
            super(failure);
            this.failure = failure;
        }

        Exception failure() {
            return failure;
        }
    }
}
