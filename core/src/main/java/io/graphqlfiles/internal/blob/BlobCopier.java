package io.graphqlfiles.internal.blob;

import io.graphqlfiles.FileField;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobNotFoundException;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.spi.CopyRequest;
import io.graphqlfiles.spi.PutRequest;
import java.io.IOException;
import java.io.InputStream;

/** Copies files to where new files of a field go. */
public final class BlobCopier {

    private final BlobStores stores;
    private final NewBlobs blobs;

    public BlobCopier(BlobStores stores, NewBlobs blobs) {
        this.stores = stores;
        this.blobs = blobs;
    }

    public StoredFile copy(FileField field, StoredFile file) throws IOException {
        BlobStore source = stores.store(file.store());
        BlobInfo info = source.stat(file.key());
        if (info == null) {
            throw new BlobNotFoundException(file.store(), "copy", file.key(), "it is not there", null);
        }
        String key = blobs.begin(field);
        BlobInfo copy;
        try {
            copy = file.store().equals(field.store())
                    ? source.copy(new CopyRequest(
                            info, key, info.contentType(), info.contentDisposition(), field.visibility()))
                    : transfer(source, info, field, key);
        } catch (IOException | RuntimeException | Error e) {
            blobs.failed(field, key, e);
            throw e;
        }
        return new StoredFile(
                        field.store(),
                        key,
                        file.fileName(),
                        file.mimeType(),
                        copy.byteSize(),
                        copy.createdAt(),
                        field.visibility(),
                        copy.checksum())
                .withFacts(file.facts());
    }

    private BlobInfo transfer(BlobStore source, BlobInfo info, FileField field, String key) throws IOException {
        try (InputStream content = source.open(info.key(), ByteRange.whole())) {
            return stores.store(field.store())
                    .put(
                            new PutRequest(
                                    key,
                                    info.byteSize(),
                                    info.contentType(),
                                    info.contentDisposition(),
                                    field.visibility()),
                            content);
        }
    }
}
