package io.graphqlfiles.storage.gcs;

import com.google.api.services.storage.model.StorageObject;
import com.google.cloud.storage.StorageException;
import io.graphqlfiles.internal.buffer.BufferMemory;
import io.graphqlfiles.internal.buffer.ContentReader;
import io.graphqlfiles.internal.buffer.Piece;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.PutRequest;
import java.io.IOException;
import java.io.InputStream;

/**
 * Writes the bytes of one stream: in one request if they fit into a chunk, otherwise chunk by chunk in a resumable
 * upload. Not an upload in parts: those take no preconditions, so that they would replace what is there.
 */
final class ObjectUpload {

    private static final String OPERATION = "put";

    private final BucketObjects objects;
    private final UploadRequests requests;
    private final BufferMemory memory;
    private final int chunkSize;
    private final PutRequest blob;
    private final String writeId = BucketObjects.newWriteId();

    ObjectUpload(BucketObjects objects, UploadRequests requests, BufferMemory memory, int chunkSize, PutRequest blob) {
        this.objects = objects;
        this.requests = requests;
        this.memory = memory;
        this.chunkSize = chunkSize;
        this.blob = blob;
    }

    BlobInfo send(InputStream content) throws IOException {
        ContentReader reader = new ContentReader(
                content, blob.byteSize(), chunkSize, memory, objects.failures().ofUpload(OPERATION, blob.key()));
        try (Piece first = reader.next()) {
            return reader.hasEnded() ? create(first) : resume(first, reader);
        }
    }

    private BlobInfo create(Piece whole) {
        StorageObject made;
        try {
            made = requests.insert(object().setCrc32c(Checksums.crc32c(whole)), isPublic(), whole);
        } catch (StorageException e) {
            return objects.settle(OPERATION, blob.key(), writeId, e);
        }
        return described(made);
    }

    private BlobInfo resume(Piece first, ContentReader reader) throws IOException {
        ResumableSession session = begin();
        StorageObject made;
        try {
            made = sendAll(session, first, reader);
        } catch (StorageException e) {
            try {
                return objects.settle(OPERATION, blob.key(), writeId, e);
            } catch (BlobStoreException failure) {
                session.cancel(failure);
                throw failure;
            }
        } catch (IOException | RuntimeException | Error e) {
            session.cancel(e);
            throw e;
        }
        return described(made);
    }

    private ResumableSession begin() {
        try {
            return requests.begin(object(), isPublic());
        } catch (StorageException e) {
            throw objects.failures().of(OPERATION, blob.key(), e);
        }
    }

    /** Each chunk is given back before the next one is read. */
    private static StorageObject sendAll(ResumableSession session, Piece first, ContentReader reader)
            throws IOException {
        session.send(first, false);
        first.close();
        while (true) {
            try (Piece piece = reader.next()) {
                StorageObject made = session.send(piece, reader.hasEnded());
                if (made != null) {
                    return made;
                }
            }
        }
    }

    private StorageObject object() {
        return objects.newModel(blob.key(), blob.contentType(), blob.contentDisposition(), blob.visibility(), writeId);
    }

    private boolean isPublic() {
        return objects.needsPublicAcl(blob.visibility());
    }

    private BlobInfo described(StorageObject made) {
        return objects.described(OPERATION, blob.key(), made);
    }
}
