package io.graphqlfiles.internal.pair;

import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.PartUpload;
import io.graphqlfiles.spi.PartUploadRequest;
import io.graphqlfiles.spi.PartUploads;
import io.graphqlfiles.spi.PutPartRequest;
import io.graphqlfiles.spi.UploadedPart;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** One that takes uploads in parts: in the store itself, because what clients send is staged and not mirrored. */
final class MirroredPartStore extends MirroredBlobStore implements PartUploads {

    private final PartUploads parts;

    MirroredPartStore(BlobStore store, PartUploads parts, BlobStore mirror) {
        super(store, mirror);
        this.parts = parts;
    }

    @Override
    public PartUploads.Limits partLimits() {
        return parts.partLimits();
    }

    @Override
    public boolean isCreateOnly() {
        return parts.isCreateOnly();
    }

    @Override
    public PartUpload beginParts(PartUploadRequest begin) {
        return parts.beginParts(begin);
    }

    @Override
    public UploadedPart putPart(PutPartRequest part, InputStream content) throws IOException {
        return parts.putPart(part, content);
    }

    @Override
    public List<UploadedPart> listParts(PartUpload upload) {
        return parts.listParts(upload);
    }

    @Override
    public void completeParts(PartUpload upload, List<UploadedPart> uploaded) {
        parts.completeParts(upload, uploaded);
    }

    @Override
    public void abortParts(PartUpload upload) {
        parts.abortParts(upload);
    }
}
