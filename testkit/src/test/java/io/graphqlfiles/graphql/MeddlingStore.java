package io.graphqlfiles.graphql;

import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.CopyRequest;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.testkit.ForwardingBlobStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A store in which somebody else is at work while an upload is claimed. */
final class MeddlingStore extends ForwardingBlobStore {

    Runnable beforeCopy = () -> {};
    boolean copiesOtherBytes;

    MeddlingStore(BlobStore delegate) {
        super(delegate);
    }

    @Override
    public BlobInfo copy(CopyRequest copy) {
        beforeCopy.run();
        return copiesOtherBytes ? copyOtherBytes(copy) : super.copy(copy);
    }

    /** As a store that pins no version does when the source is overwritten. */
    private BlobInfo copyOtherBytes(CopyRequest copy) {
        byte[] other = "<script>evil</script>".getBytes(StandardCharsets.UTF_8);
        try {
            return put(
                    new PutRequest(
                            copy.targetKey(),
                            other.length,
                            copy.contentType(),
                            copy.contentDisposition(),
                            copy.visibility()),
                    new ByteArrayInputStream(other));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
