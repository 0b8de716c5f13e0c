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
    private final Tenancy tenancy;

    public BlobCopier(BlobStores stores, NewBlobs blobs, Tenancy tenancy) {
        this.stores = stores;
        this.blobs = blobs;
        this.tenancy = tenancy;
    }

    /** The copy belongs to the tenant of this thread. */
    public StoredFile copy(FileField declared, StoredFile file) throws IOException {
        String tenant = tenancy.ofThread();
        FileField field = tenancy.field(declared, tenant);
        BlobStore source = stores.store(file.store());
        BlobInfo info = source.stat(file.key());
        if (info == null) {
            throw new BlobNotFoundException(file.store(), "copy", file.key(), "it is not there", null);
        }
        String key = blobs.begin(field, tenant);
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
                .withFacts(file.facts())
                .withStatus(field.isReviewed() ? StoredFile.Status.PENDING : file.status());
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
