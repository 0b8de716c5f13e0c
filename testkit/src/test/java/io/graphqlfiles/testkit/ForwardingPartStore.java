package io.graphqlfiles.testkit;

import io.graphqlfiles.spi.BeginParts;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.PartUpload;
import io.graphqlfiles.spi.PartUploads;
import io.graphqlfiles.spi.PutPart;
import io.graphqlfiles.spi.UploadedPart;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Passes every call on, those about parts too. */
public class ForwardingPartStore extends ForwardingBlobStore implements PartUploads {

    private final PartUploads parts;

    public <S extends BlobStore & PartUploads> ForwardingPartStore(S delegate) {
        super(delegate);
        this.parts = delegate;
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
    public PartUpload beginParts(BeginParts begin) {
        return parts.beginParts(begin);
    }

    @Override
    public UploadedPart putPart(PutPart part, InputStream content) throws IOException {
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
