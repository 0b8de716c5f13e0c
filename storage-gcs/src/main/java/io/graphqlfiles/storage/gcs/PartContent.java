package io.graphqlfiles.storage.gcs;

import com.google.api.client.http.AbstractHttpContent;
import io.graphqlfiles.internal.buffer.PromisedInputStream;
import java.io.IOException;
import java.io.OutputStream;

/** The body of a request that sends one part from a caller's stream. It can be sent once. */
final class PartContent extends AbstractHttpContent {

    private static final int BUFFER = 64 * 1024;

    private final long byteSize;
    private final PromisedInputStream content;

    PartContent(long byteSize, PromisedInputStream content) {
        super("application/octet-stream");
        this.byteSize = byteSize;
        this.content = content;
    }

    @Override
    public long getLength() {
        return byteSize;
    }

    @Override
    public boolean retrySupported() {
        return false;
    }

    /** Leaves the request unfinished if the stream fails, or is of another length. */
    @Override
    public void writeTo(OutputStream out) throws IOException {
        byte[] buffer = new byte[(int) Math.min(BUFFER, Math.max(1, byteSize))];
        for (int read = content.read(buffer, 0, buffer.length);
                read >= 0;
                read = content.read(buffer, 0, buffer.length)) {
            out.write(buffer, 0, read);
        }
        out.flush();
    }
}
