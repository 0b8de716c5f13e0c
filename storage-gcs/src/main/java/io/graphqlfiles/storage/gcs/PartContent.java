package io.graphqlfiles.storage.gcs;

import com.google.api.client.http.AbstractHttpContent;
import io.graphqlfiles.spi.BlobIntegrityException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** The body of a request that sends one part from a caller's stream. It can be sent once. */
final class PartContent extends AbstractHttpContent {

    private static final int CHUNK = 64 * 1024;

    private final Failures failures;
    private final String key;
    private final long byteSize;
    private final ContentChunks chunks;
    private @Nullable IOException failure;

    PartContent(Failures failures, String key, long byteSize, InputStream content) {
        super("application/octet-stream");
        this.failures = failures;
        this.key = key;
        this.byteSize = byteSize;
        this.chunks = new ContentChunks(content, byteSize, CHUNK);
    }

    /** @throws IOException what the caller's stream threw; nothing if it did not */
    void throwOwnFailure() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public long getLength() {
        return byteSize;
    }

    @Override
    public boolean retrySupported() {
        return false;
    }

    /** @throws BlobIntegrityException if the stream is of another length; the request is left unfinished then */
    @Override
    public void writeTo(OutputStream out) throws IOException {
        do {
            int length = next();
            out.write(chunks.buffer(), 0, length);
        } while (!chunks.ended());
        out.flush();
    }

    private int next() throws IOException {
        try {
            int length = chunks.next();
            String found = chunks.wrongSize();
            if (found != null) {
                throw failures.notAsPromised("putPart", key, byteSize + " bytes", found, null);
            }
            return length;
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }
}
